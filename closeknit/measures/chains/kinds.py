"""What others may use of the reader of sign-ups; it has no kinds of its own."""

from closeknit.measures.chains.chain import Look, Reading, read_chain
from closeknit.measures.chains.line import Words, read
from closeknit.measures.chains.register import doors_of, words_for

__all__ = ["Look", "Reading", "Words", "doors_of", "read", "read_chain", "words_for"]
