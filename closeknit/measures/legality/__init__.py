"""A second office samples acts for legality."""
