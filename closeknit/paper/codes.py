"""The code of a sheet: six signs that nobody confuses and a check character, short enough to be typed."""

import re
import secrets
import unicodedata
from itertools import pairwise

from closeknit.kit.ids import check_character, printed
from closeknit.paper.models import Sheet

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6
SCANNED = re.compile(rf"CKS1:([{LETTERS}]{{{LENGTH}}}):([0-9A-Z])")
TYPED = re.compile(rf"([{LETTERS}]{{{LENGTH}}})([0-9A-Z])")


def new_code() -> str:
    """A code that no sheet has, its check character last, and that no slip turns into another one."""
    while True:
        signs = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        code = signs + check_character(signs)
        if code[-1] in LETTERS and not any(map(is_sound, _turned(code))) and not Sheet.objects.filter(code=code).exists():
            return code


def _turned(code: str) -> list[str]:
    """The code with two neighbouring signs changed about: of every such slip, MOD 37,36 lets a few pass."""
    return [code[:at] + b + a + code[at + 2 :] for at, (a, b) in enumerate(pairwise(code)) if a != b]


def read(text: str) -> str:
    """The sheet's code in what was typed or scanned, whatever its check character; empty where it cannot be one."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    found = SCANNED.fullmatch(plain) or TYPED.fullmatch(re.sub(r"[\s\-–—_.]", "", plain))
    return "".join(found.groups()) if found else ""


def is_sound(code: str) -> bool:
    """Whether the check character fits: a slip of the pen or of a finger does not lead to another sheet."""
    return bool(code) and check_character(code[:-1]) == code[-1]


def scannable(code: str) -> str:
    """What the square of dots on a sheet says. No label of a tube and no person: a phone passes it over."""
    return printed("S", code[:-1])
