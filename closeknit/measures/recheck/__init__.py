"""Calling back a share of the doors that were settled, by somebody else."""
