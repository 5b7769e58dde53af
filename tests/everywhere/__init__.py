"""What holds for every kind, column, address and link."""
