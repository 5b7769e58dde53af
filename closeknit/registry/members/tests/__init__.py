"""Tests of members and of who answers for a place."""
