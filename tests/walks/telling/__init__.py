"""Walks of those who tell the public, and ask who is due for a dose."""
