"""The one list that every screen uses: filter, sort, search, page, choose columns, keep, export, print; all of its state in the URL."""
