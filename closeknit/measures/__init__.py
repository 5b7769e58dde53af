"""One folder a measure."""
