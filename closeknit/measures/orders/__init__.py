"""Orders read out of a chat group's chain sign-up."""
