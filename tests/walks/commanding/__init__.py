"""Walks of those who command."""
