"""Tests of what a resident sees of themselves."""
