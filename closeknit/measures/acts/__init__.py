"""Acts against premises: set out on paper, served, objected to, ended."""
