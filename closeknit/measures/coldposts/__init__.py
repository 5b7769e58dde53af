"""Cold-chain posts: the officer of the day, and the vehicles that were checked."""
