"""The isolation desk: who is where, rooms, readings, what is open; the figures and the board."""
