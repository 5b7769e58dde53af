"""Decisions about pushed lists, from values alone."""

from typing import Any

from closeknit.kit import citizen_id
from closeknit.kit.sealing import blind
from closeknit.kit.text import Text
from closeknit.policy.packs import Policy
from closeknit.registry.roster.person import phones
from closeknit.registry.searching import plain


def marks(name: str, id_no: str, phone: str) -> tuple[bytes | None, bytes | None]:
    """The blind indexes by which the same person is known again: of a valid ID; of the name with the first telephone."""
    number = citizen_id.read(id_no).number if id_no else ""
    dialled = phones(phone).split(";")[0] if phone else ""
    like = f"{plain(name)}|{dialled}" if name and dialled else ""
    return blind(number, purpose="id") if number else None, blind(like, purpose="list item") if like else None


def sources(pack: Policy) -> dict[str, Text]:
    """The sorts of lists that the pack knows."""
    said: dict[str, Any] = pack.get("lists.sources") or {}
    return {name: Text(each["en"], each["zh"]) for name, each in said.items()}
