"""Tests of sector checks."""
