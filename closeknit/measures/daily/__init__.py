"""The day's report: confirmed by the units, sealed at the cut-off, printed, and each number followed to its evidence."""
