"""People who come back from elsewhere: declared, verified."""
