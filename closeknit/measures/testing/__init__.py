"""Sampling into tubes, their way to a result."""
