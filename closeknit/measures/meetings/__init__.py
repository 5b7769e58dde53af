"""Meetings with their decisions, and visits of leaders with their instructions; tasks follow from both."""
