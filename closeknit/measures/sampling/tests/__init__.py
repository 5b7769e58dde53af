"""Tests of sampling sites."""
