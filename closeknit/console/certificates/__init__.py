"""The local authority, the server's certificate, and how phones come to trust it."""
