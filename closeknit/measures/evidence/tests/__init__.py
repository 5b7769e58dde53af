"""Tests of what stands behind a number."""
