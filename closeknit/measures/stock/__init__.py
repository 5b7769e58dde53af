"""Stock at shops, service posts and checkpoints, as moves; minimum levels and refill rounds."""
