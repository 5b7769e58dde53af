"""Tests of the isolation desk."""
