"""Walks of roles in Chromium: each from the menu to the end of its main job."""
