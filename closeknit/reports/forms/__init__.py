"""Spreadsheets of upper levels: read as they look, known by their headings, filled with figures."""
