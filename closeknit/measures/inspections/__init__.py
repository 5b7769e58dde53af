"""Inspection runs over premises, and the acts they lead to."""
