"""The library of texts: versions, who approved them, and what was used without that."""
