"""Tests of who is due for a dose."""
