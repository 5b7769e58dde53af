"""Who may sign in: given, changed and closed by an administrator."""
