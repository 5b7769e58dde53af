"""Sampling sites: their day, their closing, and the desk of one that has no phones."""
