"""The register as people see it: an area, its households and persons, whoever no list knew, and one record in words."""
