"""Planning rounds of testing by a named scheme."""
