"""Closeknit: a county, a town or a street runs its response to an outbreak with it, household by household."""

__version__ = "0.1.0"
