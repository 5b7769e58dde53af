"""How far a campaign has come, by area, as pages show it."""
