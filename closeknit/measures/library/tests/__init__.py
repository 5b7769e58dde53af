"""Tests of the library of texts."""
