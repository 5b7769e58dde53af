"""Tests of the phones' screens."""
