"""Rumours: heard, checked, answered with an approved text, and who owes the answer."""
