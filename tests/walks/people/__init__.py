"""Walks of those who look after people: residents, care, isolation."""
