"""Tests of vaccination."""
