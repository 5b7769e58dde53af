"""Groups of people who are sampled again and again, reckoned by other hands."""
