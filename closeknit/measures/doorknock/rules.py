"""Decisions at the doors, from values alone."""


def is_final(outcome: str, refusals: int, final_after: int) -> bool:
    """Whether a refusal is final: so many polite visits were refused, the last among them."""
    return outcome == "refused" and refusals >= final_after > 0
