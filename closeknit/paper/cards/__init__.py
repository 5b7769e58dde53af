"""Cards of households and posters of villages: codes by which residents without an account reach their pages."""
