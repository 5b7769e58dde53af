"""Ways out of the house for messages: robots of groups, mail, SMS by template, copying by hand; and their queue."""
