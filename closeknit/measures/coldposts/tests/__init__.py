"""Tests of this measure."""
