"""The code on a card or a poster: signs that nobody confuses, their check character last. It follows from a key of this server."""

import re
import unicodedata
from itertools import count

from closeknit.kit.ids import check_character
from closeknit.kit.sealing import blind, key_for
from closeknit.paper.codes import LETTERS
from closeknit.paper.models import ResidentCard

PURPOSE = "resident-card"
SIGNS = {ResidentCard.Kind.CARD.value: 11, ResidentCard.Kind.POSTER.value: 7}  # 54 and 34 bits of chance, before the check character
SEPARATORS = re.compile(r"[\s\-–—_.]")
GROUP = 4


def code_of(card: ResidentCard) -> str:
    """The code as it is printed, again and again the same; it stands in no table and cannot be reckoned without the server's key."""
    length = SIGNS[card.kind]
    for attempt in count():
        number = int.from_bytes(key_for(PURPOSE, f"{card.id.hex}:{attempt}"))
        signs = ""
        for _ in range(length):
            number, sign = divmod(number, len(LETTERS))
            signs += LETTERS[sign]
        code = signs + check_character(signs)
        if code[-1] in LETTERS:
            return code
    raise AssertionError("never reached")


def read(text: str) -> str:
    """The code in what was typed or scanned, empty where it can be none: too long, too short, a sign that does not fit."""
    plain = SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:80])).upper()
    fits = len(plain) - 1 in SIGNS.values() and set(plain) <= set(LETTERS)
    return plain if fits and check_character(plain[:-1]) == plain[-1] else ""


def digest(code: str) -> bytes:
    """What is kept of a code."""
    return blind(code, purpose=PURPOSE)


def in_groups(code: str) -> str:
    """The code as people read it aloud: four signs at a time."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
