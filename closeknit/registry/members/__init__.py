"""Those who work for the response: who answers for an area, and the telephone by which they are reached."""
