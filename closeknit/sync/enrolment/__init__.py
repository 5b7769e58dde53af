"""How a phone becomes a device: keys, cards, codes that enrol, what a device says of itself, and letters for the server alone."""
