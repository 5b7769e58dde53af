"""Who must be reached by when: targets, coverage, gap lists."""
