"""Tests of what must hold for all packages, and the tools that every test uses."""
