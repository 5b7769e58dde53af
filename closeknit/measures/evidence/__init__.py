"""Behind a number: the rows that it counts, and why a sealed one is different today."""
