"""What has not come in: reports, refused records, records still on devices, roster rows that nobody has placed."""
