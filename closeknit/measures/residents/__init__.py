"""What residents do by themselves, without an account."""
