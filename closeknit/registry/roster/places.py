"""Finds the area that a roster row means, by code or by name."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, Protocol

from closeknit.kit.folding import fold

Cause = Literal["", "empty", "nowhere", "several", "apart"]
_COMMITTEE = re.compile(r"(居民委员会|村民委员会|居委会|村委会|村委|居委|委会)$")
_COPY = re.compile(r"^\d{1,3}[.、\-_ ]+|\s*[(（]\d+[)）]$|(疫情|摸排|花名册|名册|名单|登记|台账|人员|居民|汇总|信息|表)+$")
_CODE = re.compile(r"\d{9,12}(-G\d+)?")
_KEEP = 10_000


class Places(Protocol):
    """Whoever can tell which area a row means."""

    def place(self, *, grid: str = "", village: str = "", township: str = "", sheet: str = "") -> tuple[str, Cause]:
        """The code of the area, or "" and why there is none."""
        ...


class AreaIndex:
    """The areas by code and by folded name. A name that fits several areas places nobody, unless the row's larger area tells which."""

    def __init__(self, areas: Iterable[tuple[str, str, str]]) -> None:
        """`areas`: code, parent's code (or ""), name."""
        self._parent: dict[str, str] = {}
        self._exact: dict[str, set[str]] = {}
        self._short: dict[str, set[str]] = {}
        for code, parent, name in areas:
            self._parent[code] = parent
            for text in (code, name):
                self._exact.setdefault(fold(text), set()).add(code)
            self._short.setdefault(_without_committee(fold(name)), set()).add(code)
        self._found = lru_cache(maxsize=_KEEP)(self._find)
        self._placed = lru_cache(maxsize=_KEEP)(self._place)

    def place(self, *, grid: str = "", village: str = "", township: str = "", sheet: str = "") -> tuple[str, Cause]:
        """The smallest area that the row names. A grid that is not in the tree leaves its village; a sheet's name places the rows
        that name no area; a town alone is not enough where a village is named that is not there."""
        return self._placed(grid, village, township, sheet)

    def _place(self, grid: str, village: str, township: str, sheet: str) -> tuple[str, Cause]:
        in_village, in_township = self._found(village), self._found(township)
        if grid and (found := self._found(grid)):
            return self._one(found, in_village, in_township)
        if village:
            return self._one(in_village, in_township)
        if grid:
            return "", "nowhere"
        if named := self._named_by(sheet):
            return self._one(named, in_township)
        return self._one(in_township) if township else ("", "empty")

    def _named_by(self, sheet: str) -> frozenset[str]:
        code = _CODE.search(sheet)
        return self._found(sheet) or self._found(_COPY.sub("", sheet)) or self._found(code[0] if code else "")

    def _one(self, found: frozenset[str], *around: frozenset[str]) -> tuple[str, Cause]:
        if not found:
            return "", "nowhere"
        within = [code for code in found if all(self._chain(code) & larger for larger in around if larger)]
        if len(within) == 1:
            return within[0], ""
        return "", "several" if len(found) > 1 else "apart"

    def _chain(self, code: str) -> set[str]:
        chain: set[str] = set()
        while code and code not in chain:
            chain.add(code)
            code = self._parent.get(code, "")
        return chain

    def _find(self, text: str) -> frozenset[str]:
        folded = fold(text).removesuffix(".0")  # a code that a program took for a number
        return frozenset((self._exact.get(folded) or self._short.get(_without_committee(folded)) or ()) if folded else ())


def _without_committee(name: str) -> str:
    """太阳村委会, 太阳村村民委员会 and 太阳村 are one village; 达濠居委会 and 达濠 one community."""
    short = _COMMITTEE.sub("", name)
    if short == name or name.endswith("居民委员会") or "居委" in name[len(short) :]:
        return short
    return short if short.endswith("村") else f"{short}村"
