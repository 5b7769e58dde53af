"""The register of venues: entrances, the posters at them, and the way in without a phone."""
