"""Residents who stay elsewhere or leave: kept in touch with."""
