"""The desk of zones: the list, one zone on one page, what is said of it, and the board."""
