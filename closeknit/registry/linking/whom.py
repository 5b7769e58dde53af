"""Somebody as a row of a list names them, or as the register knows them."""

import re
from dataclasses import dataclass
from functools import cached_property

from closeknit.kit import citizen_id
from closeknit.kit.folding import fold, name_pinyin
from closeknit.registry.roster.person import phones
from closeknit.registry.searching import door, plain

_BETWEEN_WORDS = re.compile(r"[\s,，]+")


@dataclass(frozen=True)
class Whom:
    """`area` is the area in which the row says that they live, where it does."""

    name: str = ""
    id_no: str = ""
    phone: str = ""
    address: str = ""
    area: str = ""

    @cached_property
    def number(self) -> str:
        """The ID number, where it is valid."""
        return citizen_id.read(self.id_no).number if self.id_no else ""

    @cached_property
    def digits(self) -> str:
        """The ID number as it is written, valid or not."""
        return self.number or (citizen_id.normalise(self.id_no) if self.id_no else "")

    @cached_property
    def phones(self) -> frozenset[str]:
        """The telephones as they are dialled."""
        return frozenset(filter(None, phones(self.phone).split(";"))) if self.phone else frozenset()

    @cached_property
    def called(self) -> str:
        """The name without width, traditional forms and blanks."""
        return plain(self.name)

    @cached_property
    def said(self) -> str:
        """The name as it sounds."""
        return plain(name_pinyin(self.name).full) if self.name else ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of a name in letters in the order of the alphabet, whichever of them came first; none of a name of one word."""
        words = sorted(filter(None, map(plain, _BETWEEN_WORDS.split(self.name))))
        return tuple(words) if len(words) > 1 else ()

    @cached_property
    def home(self) -> str:
        """The address, folded."""
        return fold(self.address)

    @cached_property
    def door(self) -> str:
        """The last four numbers of the address: they stay when a town or a village is put before it."""
        return door(self.address)
