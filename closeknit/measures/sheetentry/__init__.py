"""Entering a sheet of paper at the keyboard, with the scan beside it: the records are those that a phone would have sent."""
