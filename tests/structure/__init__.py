"""Tests that read the code and the documents."""
