"""Tests of the reach."""
