"""Whether each household was told: by a visit, a leaflet, a message or a talk, and who was not."""
