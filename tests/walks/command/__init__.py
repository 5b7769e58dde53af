"""Walks of those who lead and supervise."""
