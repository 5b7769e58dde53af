"""One person's stay: ordered, brought, housed, cared for, heard, released."""
