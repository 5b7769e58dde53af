"""Drawing a zone and telling of it: the order, the announcement, what a household is handed."""
