"""Whether a zone is kept as it should be: the standards of the pack, checked and listed."""
