"""Tests of venueregister."""
