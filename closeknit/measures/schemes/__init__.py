"""Templates of organisation: shipped as data, edited and versioned by counties, taken with a status for each of their items."""
