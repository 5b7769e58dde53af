"""Plans of inspection: which units by when with which checklist, and who was not inspected."""
