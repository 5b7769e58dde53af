"""Devices, and the push of field records over HTTP."""
