"""Phones: enrolled, watched, revoked, and the letters and files that rescue what they hold."""
