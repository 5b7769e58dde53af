"""Who has a code, by unit and by name, and objections to a status."""
