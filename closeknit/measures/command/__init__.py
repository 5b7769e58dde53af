"""The first screen: what is not in order now, and how the town stands."""
