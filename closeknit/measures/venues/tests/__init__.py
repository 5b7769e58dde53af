"""Tests of venues."""
