"""What does not reconcile about tubes: a list that somebody must clear."""
