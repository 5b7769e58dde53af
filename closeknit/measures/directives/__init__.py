"""Directives: what is asked of areas below, in versions, and who has read it and acted on it."""
