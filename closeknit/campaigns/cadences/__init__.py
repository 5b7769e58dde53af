"""Key populations: groups of people who are due again and again, or of whom some are drawn by lot; who is due when."""
