"""Sections, figures, the day's close, bulletins."""
