"""From orders to the doors: what is picked, delivered, short and left."""
