"""Requests for help, each with an owner and an outcome; referrals to other offices."""
