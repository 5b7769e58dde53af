"""Goods at cold stores: batches, their certificates, what is released and what is held."""
