"""The web screens that every measure gets, and the shell around them."""
