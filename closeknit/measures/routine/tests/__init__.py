"""Tests of routine."""
