"""What can be said of a directive, and what other measures may ask of directives and their receipts."""

from closeknit.measures.directives.badges import ENDED, STATES
from closeknit.measures.directives.said import NOBODY, Channel, Ended, Issued, Received, What
from closeknit.measures.directives.standing import Directive, Owed, concerning, directive_of
from closeknit.measures.directives.tree import Node, tree

__all__ = [
    "ENDED", "NOBODY", "STATES", "Channel", "Directive", "Ended", "Issued", "Node", "Owed", "Received", "What", "concerning",
    "directive_of", "tree",
]  # fmt: skip
