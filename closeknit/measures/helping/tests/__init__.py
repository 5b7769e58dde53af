"""Tests of requests for help and referrals."""
