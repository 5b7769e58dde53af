"""Tests of passcodes."""
