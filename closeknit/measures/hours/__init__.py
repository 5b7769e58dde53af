"""Hours: what does not add up, and who works over the limits."""
