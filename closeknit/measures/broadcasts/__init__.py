"""The plan of what is told where and when, what was done against it, and what is missing."""
