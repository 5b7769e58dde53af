"""What a row and an entry of the register have in common, from values alone."""

from typing import Any

from closeknit.kit import citizen_id
from closeknit.kit.folding import fold, name_pinyin
from closeknit.kit.text import Text
from closeknit.registry.roster.person import phones
from closeknit.registry.searching import plain


def agreements(said: dict[str, Any], own: dict[str, Any]) -> list[Text]:
    """What a row and an entry of the register have in common, in words."""
    number, known = citizen_id.read(said.get("id_no", "")).number, citizen_id.read(own.get("id_no", "")).number
    dialled = set(phones(said.get("phone", "")).split(";")) & set(phones(own.get("phone", "")).split(";")) - {""}
    name, other = said.get("name", ""), own.get("name", "")
    same_name = bool(name) and plain(name) == plain(other)
    found = (
        (bool(number) and number == known, Text("same ID number", "证件号码相同")),
        (bool(number and known) and number != known, Text("another ID number", "证件号码不同")),
        (bool(dialled), Text("same telephone", "电话相同")),
        (same_name, Text("same name", "姓名相同")),
        (bool(name) and not same_name and name_pinyin(name).full == name_pinyin(other).full, Text("name sounds the same", "姓名同音")),
        (bool(own.get("address")) and fold(said.get("address", "")).endswith(fold(own["address"])), Text("same address", "住址相同")),
    )
    return [words for holds, words in found if holds]
