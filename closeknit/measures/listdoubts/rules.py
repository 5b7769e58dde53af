"""What a row and an entry of the register have in common, from values alone."""

from typing import Any

from closeknit.kit.text import Text
from closeknit.registry.linking.likeness import likeness
from closeknit.registry.linking.whom import Whom

ANOTHER_ID = Text("another ID number", "证件号码不同")


def agreements(said: dict[str, Any], own: dict[str, Any]) -> list[Text]:
    """What a row and an entry of the register have in common, in words."""
    row, entry = (Whom(*(str(told.get(name, "")) for name in ("name", "id_no", "phone", "address"))) for told in (said, own))
    found = likeness(row, entry)
    return [*([ANOTHER_ID] if found.contradicts else []), *found.agrees]
