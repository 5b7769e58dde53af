"""What shops make up for a round, and the day's supply and demand by area."""
