"""Tests of the map of areas."""
