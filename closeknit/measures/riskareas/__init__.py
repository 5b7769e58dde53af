"""The table of risk areas elsewhere, as the county keeps it."""
