"""Who is due for which dose, by the schedule of the policy pack, and what they said of it."""
