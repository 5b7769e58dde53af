"""Reading the register for a page: names and whereabouts in the tree, masks, and records in words."""
