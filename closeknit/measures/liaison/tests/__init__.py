"""Tests of liaison."""
