"""The console's own screens."""
