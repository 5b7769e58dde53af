"""Routine testing: key populations, how often each is sampled, who is overdue."""
