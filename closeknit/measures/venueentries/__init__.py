"""Entries at venues: the desk at the entrance, numbers by hour and way, never a way to people."""
