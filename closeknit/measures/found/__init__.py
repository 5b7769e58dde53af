"""Those whom no list knows: telling of them, and saying who of the roster they prove to be."""
