"""Packs ordered and delivered, and stock."""
