"""Codes of persons and households: those that a roster gives, and stable ones for rows that have none."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

import msgspec

from closeknit.kit.folding import fold
from closeknit.registry.roster.person import phones

_PLACING = frozenset({"grid", "village", "township"})
_LONGEST = 80
_KEEP = 1_000
_LOCAL = 5  # digits; such a number counts within a village, not in a town
_CUT = re.compile(r"\d(\.\d+)?E\+\d+")


class Codes:
    """Makes codes with a key: an ID number has so few possible values that a digest without a key would give it away."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._keyed = blake2b(digest_size=16, key=key)
        self._at = lru_cache(maxsize=_KEEP)(self._at_home)  # those who live together stand together

    def content(self, area: str, cells: Mapping[str, str]) -> bytes:
        """The digest of what a row says, where it lies."""
        keyed = self._keyed.copy()  # the key is worked in once, not for every row
        keyed.update(msgspec.json.encode((area, cells)))
        return keyed.digest()

    def likeness(self, area: str, cells: Mapping[str, str]) -> bytes:
        """The same, but for how it is written: full width, traditional characters, stray pinyin, 86 before a phone, the area's name."""
        said = {field: fold(text) for field, text in cells.items() if field not in _PLACING}
        return self.content(area, {**said, "phone": phones(cells.get("phone", ""))})

    def given(self, text: str | None, area: str) -> str:
        """The code as the row gives it; within the area where it is but a small number (a village's household 12); empty where there
        is none or a spreadsheet has cut it."""
        if not text:
            return ""
        if not text.isascii() or " " in text:
            text = "".join(filter(str.isprintable, "".join(unicodedata.normalize("NFKC", text).split())))
        length = len(text)
        if length > _LOCAL or not text.isdigit():
            return "" if length > _LONGEST or ("E+" in text and _CUT.fullmatch(text)) else text
        return f"{area}-{text}" if area else ""

    def household(self, area: str, address: str) -> str:
        """The code of the household at an address; empty where there is no address."""
        return self._at(area, address)

    def _at_home(self, area: str, address: str) -> str:
        place = fold(address)
        return f"h-{self._derived('household', area, place)}" if place else ""

    def alone(self, person: str) -> str:
        """The household of a person of whom nobody knows where they live or with whom."""
        return f"h-{self._derived('alone', person)}"

    def of_id(self, number: str) -> str:
        """The code of a person who has a valid ID and no code."""
        return f"p-{self._derived('id', number)}"

    def of_row(self, *said: str) -> str:
        """The code of a person who has neither, by what the row says of them."""
        return f"p-{self._derived('row', *map(fold, said))}"

    def apart(self, code: str, *said: str | bytes) -> str:
        """Another code for somebody who bears a code that somebody else has."""
        return f"{code[: _LONGEST - 9]}~{self._derived(code, *(text if isinstance(text, str) else text.hex() for text in said))[:8]}"

    def _derived(self, *parts: str) -> str:
        return blake2b("\x1f".join(parts).encode(), digest_size=8, key=self._key).hexdigest()
