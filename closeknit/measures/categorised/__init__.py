"""Who stands on which list of an area, with the reason and the dates."""
