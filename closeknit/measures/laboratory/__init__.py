"""What a laboratory does: tubes received, results given."""
