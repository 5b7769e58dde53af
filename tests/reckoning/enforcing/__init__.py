"""Reckonings of what is ordered, enforced and looked into: zones, controls, acts, investigations."""
