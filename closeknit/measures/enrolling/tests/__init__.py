"""Tests of enrolling and of cards."""
