"""Fixtures of the daily report's tests."""

from closeknit.reports.tests.pushi import closed

__all__ = ["closed"]
