"""Tubes: where each is, and what does not reconcile until somebody clears it."""
