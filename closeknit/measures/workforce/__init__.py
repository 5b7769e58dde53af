"""Who stood at which post, when."""
