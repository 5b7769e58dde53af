"""Walks with the field app in a real browser against a real server, which is really killed, over links that are really bad."""
