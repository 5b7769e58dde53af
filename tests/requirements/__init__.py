"""Requirements of the tables: each test carries its id, and fails where the query or the projection behind it gives nothing."""
