"""Tests of what has not come in."""
