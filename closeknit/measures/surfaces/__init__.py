"""Samples of surfaces and goods: which places are due."""
