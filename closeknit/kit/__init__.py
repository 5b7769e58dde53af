"""Small pure helpers that know nothing of Closeknit's objects."""
