"""Knocking on every door: visits, calls, and who is left."""
