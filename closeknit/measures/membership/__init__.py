"""Making key populations and adding their people."""
