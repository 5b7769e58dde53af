"""The four responsible parties of each place and problem: territory, department, unit, individual."""
