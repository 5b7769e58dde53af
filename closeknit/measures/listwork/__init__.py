"""Pushed lists at the day's end: by village, in the report, on the board."""
