"""Who needs help, what was asked, and what came of it."""
