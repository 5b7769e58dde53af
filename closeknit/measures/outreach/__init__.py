"""Posters, loudspeakers and messages."""
