"""Tests of one person's stay."""
