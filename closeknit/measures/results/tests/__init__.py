"""Tests of results by unit."""
