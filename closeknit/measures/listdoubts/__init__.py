"""Items of pushed lists that wait for a person: who is meant, which village, what a colour means."""
