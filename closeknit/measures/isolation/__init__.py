"""Isolation: ordered, transferred, checked, released."""
