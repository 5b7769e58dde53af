"""Work without a phone: every kind as a sheet of paper with a code a row, and the list of the sheets that are out."""
