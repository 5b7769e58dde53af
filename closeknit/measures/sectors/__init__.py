"""Sector checks: food, medicine, special equipment; which places were not checked is a list of names."""
