"""Import review: files handed in, rows that were doubted or set aside, and the same workbook handed back."""
