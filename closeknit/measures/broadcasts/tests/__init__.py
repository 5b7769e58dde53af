"""Tests of the broadcast plan."""
