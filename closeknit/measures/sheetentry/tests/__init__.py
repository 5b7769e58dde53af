"""Tests of entering sheets."""
