"""Headquarters and task forces of each level, and the named people of each village."""
