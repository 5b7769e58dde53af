"""Walks of those who look after places: stores, clinics."""
