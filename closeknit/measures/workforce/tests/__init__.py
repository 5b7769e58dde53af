"""Tests of workforce."""
