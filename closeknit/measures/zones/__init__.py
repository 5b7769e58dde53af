"""Closed areas and stay-home orders: what is said of them, what they come to, who lives in them."""
