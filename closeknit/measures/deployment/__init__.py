"""Deployment: orders that send people to a place, which confirms who came."""
