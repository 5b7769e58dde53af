"""Fixtures of the reports' tests."""

from closeknit.reports.tests.pushi import closed

__all__ = ["closed"]
