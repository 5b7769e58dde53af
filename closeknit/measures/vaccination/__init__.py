"""Doses given, and answers about boosters at the door."""
