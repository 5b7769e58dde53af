"""Accounts, roles, scope by area, and the trail of who read what."""
