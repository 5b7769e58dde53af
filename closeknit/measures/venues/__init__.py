"""Shops, stations, banks: patrols and entries."""
