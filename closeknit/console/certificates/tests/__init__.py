"""Tests of the local authority, the certificate, and how phones are given it."""
