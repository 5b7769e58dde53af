"""Generic screens of records: the form, the list and the words of any kind, drawn from its declaration."""
