"""What supervision comes to for each unit: inspections, problems, repeats and what follows from them."""
