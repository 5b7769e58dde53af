"""Volunteers: calls, who signs up, and the days that they served."""
