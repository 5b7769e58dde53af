"""Tests of rumours."""
