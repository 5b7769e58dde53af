"""Tasks: a matter, a place and a named owner each; done, carried over with a reason, or overdue."""
