"""Tests of planning rounds by a scheme."""
