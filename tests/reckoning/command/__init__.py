"""Command reckoned by other hands: directives and tasks, headquarters and what surrounds them, plans of inspection."""
