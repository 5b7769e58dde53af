"""What somebody is handed who has to stay somewhere: an order in a few lines, on paper and as text."""
