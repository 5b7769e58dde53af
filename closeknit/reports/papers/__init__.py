"""Papers of a sealed report: the wording, a short text for a chat group, and a document in the official layout."""
