"""Rosters: reading the files, judging their rows, and handing the same file back with what became of each row. No database here."""
