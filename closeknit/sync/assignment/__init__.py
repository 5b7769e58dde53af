"""What a worker's phone is told: the assignment, in parts."""
