"""Tests of tubes."""
