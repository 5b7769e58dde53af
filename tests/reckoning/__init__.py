"""Each figure that no scenario holds, reckoned a second time from docs/field-records.md alone: by other hands than the projections'."""
