"""Who was where a case was: whose case it is, why somebody asks, and the list."""
