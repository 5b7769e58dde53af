"""Walks to every screen of the field app."""
