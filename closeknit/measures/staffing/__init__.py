"""Staffing: how many people a site needs, who stands there, and who is qualified."""
