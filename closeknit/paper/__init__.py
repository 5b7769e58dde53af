"""Sheets of paper for those who work without a phone: what was printed on each, and the scans that are kept of them."""
