"""The chain sign-up of a chat group, from text to orders; what is done with them is the work of orders."""
