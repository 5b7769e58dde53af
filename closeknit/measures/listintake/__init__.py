"""Bringing in what an upper level pushes down: looked at first, taken row by row, bad rows set aside."""
