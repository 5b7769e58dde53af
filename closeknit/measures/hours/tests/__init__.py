"""Tests of hours."""
