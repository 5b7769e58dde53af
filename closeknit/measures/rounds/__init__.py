"""How far a round of testing has come, and who is left."""
