"""Import review: bringing rosters in, and the rows that were doubted or set aside."""
