"""Issuing directives, one directive with its tree of receipts, and saying who has read it."""
