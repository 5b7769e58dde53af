"""Tests of accounts, roles and scope."""
