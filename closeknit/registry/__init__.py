"""Households, persons, places, members; importing, parking, merging, matching."""
