"""Tests of plans of inspection."""
