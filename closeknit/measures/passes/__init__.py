"""A person's status by rule, read only: at a gate, at a desk, and by the person."""
