"""The channels by which notices go out: opening, changing and closing them."""
