"""Messages out: to groups, by mail, by text, or copied."""
