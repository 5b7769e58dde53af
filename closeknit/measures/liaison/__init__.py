"""Liaison: what each group logs of progress and open problems, and the duty at the command post round the clock."""
