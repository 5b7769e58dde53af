"""Hand-overs to the department that has the power, and what it does."""
