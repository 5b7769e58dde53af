"""Typical cases, published with personal data taken out."""
