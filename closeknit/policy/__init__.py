"""Dated, versioned policy packs: every number that a rule uses."""
