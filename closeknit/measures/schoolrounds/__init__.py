"""Campaigns of schools and the weekly draw, with its proof on paper."""
