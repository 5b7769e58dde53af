"""Who came where, day by day, in encrypted files that only tracing reads."""
