"""Drawing by lot who is sampled; anybody can draw again."""
