"""Planning campaigns: who must be reached by when."""
