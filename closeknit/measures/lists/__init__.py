"""Lists that an upper level pushes down: matched, split, verified, closed."""
