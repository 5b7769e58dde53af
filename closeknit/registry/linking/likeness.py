"""How alike two descriptions of somebody are: what agrees, what speaks against it, and a weight that says how sure it is.

A weight is the logarithm (to the base 2) of how much oftener a finding is met between two descriptions of one person than between two
persons (Fellegi and Sunter, A theory for record linkage, 1969). They were set on made-up towns; `closeknit bench match` measures what
follows from them.
"""

import re
from typing import NamedTuple

from rapidfuzz.distance import OSA

from closeknit.kit import citizen_id
from closeknit.kit.text import Text
from closeknit.registry.linking.whom import Whom

SURE, LIKELY, APART = 14.0, 6.0, 4.0  # from SURE on a row is linked, if the next one lies APART below; from LIKELY on a person decides
SHORTEST_ADDRESS = 4
CUT = re.compile(r"(\d)\.?(\d*)E\+?\d+")

SAME_ID, ID_ALIKE, ID_CUT = (
    Text("same ID number", "证件号码相同"),
    Text("ID number but for a digit or two", "证件号码仅一两位不同"),
    Text("beginning of the ID number", "证件号码前段相同"),
)
SAME_NAME, SAME_SOUND, NAME_TURNED, NAME_ALIKE = (
    Text("same name", "姓名相同"),
    Text("name sounds the same", "姓名同音"),
    Text("same name, words in another order", "姓名相同，先后次序不同"),
    Text("similar name", "姓名相近"),
)
SAME_PHONE, PHONE_ALIKE = Text("same telephone", "电话相同"), Text("telephone but for a digit", "电话仅一位不同")
SAME_HOME, SAME_DOOR = Text("same address", "住址相同"), Text("same house and flat number", "楼栋门牌号相同")

Finding = tuple[float, Text | None]
NOTHING: Finding = (0.0, None)


class Likeness(NamedTuple):
    """`named`: the names may be one; `contradicts`: both bear a valid ID, and not the same; `more`: something besides the name agrees."""

    weight: float
    agrees: tuple[Text, ...]
    named: bool
    contradicts: bool
    more: bool

    @property
    def is_sure(self) -> bool:
        """Whether it is taken for the same person if nobody else is nearly as alike."""
        return self.weight >= SURE and self.named and self.more and not self.contradicts


def likeness(whom: Whom, known: Whom) -> Likeness:
    """How alike a row's somebody and somebody of the register are. Two valid IDs that differ speak for nothing: a person decides."""
    name, number, phone, home = _name(whom, known), _id(whom, known), _phone(whom, known), _home(whom, known)
    found = (name, number, phone, home)
    contradicts = bool(whom.number and known.number and whom.number != known.number)
    weight = sum(weight for weight, _ in found if not (contradicts and weight == number[0])) + _area(whom, known)
    more = any(why for _, why in (number, phone, home))
    return Likeness(weight, tuple(why for _, why in found if why), not whom.name or name[1] is not None, contradicts, more)


def _name(whom: Whom, known: Whom) -> Finding:
    if not whom.called:
        return NOTHING
    if whom.called == known.called:
        return 8.0, SAME_NAME
    if whom.said == known.said:
        return 7.0, SAME_SOUND
    if whom.words and whom.words == known.words:
        return 5.0, NAME_TURNED
    return (3.0, NAME_ALIKE) if _alike(whom.called, known.called) or _alike(whom.said, known.said, least=6) else (-5.0, None)


def _alike(one: str, other: str, least: int = 2) -> bool:
    """Whether a name differs by one character that is another, too many, missing or swapped; of two characters the surname stays."""
    if min(len(one), len(other)) < least:
        return False
    near = OSA.distance(one, other, score_cutoff=1) <= 1
    return near and (max(len(one), len(other)) > 2 or one[:1] == other[:1])


def _id(whom: Whom, known: Whom) -> Finding:
    if not whom.digits or not known.digits:
        return NOTHING
    if whom.digits == known.digits:
        return 25.0, SAME_ID
    if whom.number and known.number:
        return -20.0, None
    if begins_alike(whom.digits, known.number) or begins_alike(known.digits, whom.number):
        return 16.0, ID_CUT
    distance = OSA.distance(whom.digits, known.digits, score_cutoff=2)
    return ((18.0, ID_ALIKE), (12.0, ID_ALIKE))[distance - 1] if distance <= 2 else (-4.0, None)


def begins_alike(cut: str, number: str) -> bool:
    """Whether a number that a spreadsheet cut (9.9000019340905E+17) is the beginning of the other."""
    parts = CUT.fullmatch(citizen_id.normalise(cut)) if cut and number else None
    return parts is not None and len(parts[2]) >= 13 and number.startswith(parts[1] + parts[2])


def _phone(whom: Whom, known: Whom) -> Finding:
    if not whom.phones or not known.phones:
        return NOTHING
    if whom.phones & known.phones:
        return 11.0, SAME_PHONE
    near = any(OSA.distance(one, other, score_cutoff=1) <= 1 for one in whom.phones for other in known.phones)
    return (7.0, PHONE_ALIKE) if near else (-1.0, None)


def _home(whom: Whom, known: Whom) -> Finding:
    if not whom.home or not known.home or whom.area not in ("", known.area):
        return NOTHING
    if len(known.home) >= SHORTEST_ADDRESS and whom.home.endswith(known.home):
        return 8.0, SAME_HOME
    return (5.0, SAME_DOOR) if whom.door and whom.door == known.door else (-1.5, None)


def _area(whom: Whom, known: Whom) -> float:
    return 0.0 if not whom.area else 1.0 if whom.area == known.area else -2.0
