"""The premises that runs have inspected: their lists, their histories, the runs."""
