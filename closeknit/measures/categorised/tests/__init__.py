"""Tests of categorised."""
