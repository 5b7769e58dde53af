"""Posts on roads, wharves and gates."""
