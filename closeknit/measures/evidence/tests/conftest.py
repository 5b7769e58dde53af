"""Fixtures of the evidence's tests."""

from closeknit.reports.tests.pushi import closed

__all__ = ["closed"]
