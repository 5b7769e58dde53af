"""Case investigations: cases, tasks and who may read them."""
