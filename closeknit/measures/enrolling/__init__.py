"""Enrolling phones, and the cards that say who holds one."""
