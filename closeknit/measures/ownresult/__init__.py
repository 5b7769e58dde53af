"""What a resident sees of themselves with a second thing that is on no card: result, what is asked of them, an objection."""
