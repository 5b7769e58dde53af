"""Cards and posters by which residents reach their pages: printed, revoked, opened again; how much they are used."""
