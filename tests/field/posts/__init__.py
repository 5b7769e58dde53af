"""Walks at posts: the sampling table, its camera, and the gate."""
