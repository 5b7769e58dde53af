"""Tests of venueentries."""
