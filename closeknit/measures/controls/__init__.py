"""Gatherings that are suspended, traffic that is controlled, places that are crowded; and the squares that are guarded."""
