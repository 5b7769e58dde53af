"""Tests of returnees."""
