"""Kinds, events, the one door into the ledger, projections and tallies."""
