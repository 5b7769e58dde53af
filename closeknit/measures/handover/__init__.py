"""Handover: a member's own duty, a grid or a shift passed on in one press, and "I cannot" without a reason."""
