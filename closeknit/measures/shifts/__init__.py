"""Shifts: who is planned where and when, and passing a shift or a grid on."""
