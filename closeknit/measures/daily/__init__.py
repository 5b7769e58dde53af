"""The day's report: confirmed by the units, sealed at the cut-off, and printed."""
