"""The register of checkpoints: of which type each is, when it is manned, and what stands there."""
