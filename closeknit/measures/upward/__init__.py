"""An upper level's own spreadsheet, filled from what is recorded."""
