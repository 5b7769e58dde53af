"""Whom to call: the member who answers for an area, or a member by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from closeknit.access.roles import ROLES
from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.registry.models import Member

ANSWERS = ("village_secretary", "grid_worker", "village_worker", "supervisor", "town_clerk", "county_supervisor")
OTHER_ROLES = {
    "village_worker": Text("village worker", "村（社区）干部"),
    "supervisor": Text("supervisor", "乡镇督导"),
    "volunteer": Text("volunteer", "志愿者"),
}


def role_words(role: str) -> Text | str:
    """A member's role in words."""
    return ROLES.get(role) or OTHER_ROLES.get(role) or role


@dataclass(frozen=True)
class Whom:
    """Somebody to call. `phone` is empty where none is kept."""

    name: str
    role: Text | str
    code: str
    area: str
    phone: str

    @property
    def dials(self) -> str:
        """The first of several numbers: a telephone dials one."""
        return self.phone.split(";")[0]


class Callees:
    """Who answers for each of these areas and members; three statements, however many there are."""

    def __init__(self, asked: Iterable[tuple[str, str]]) -> None:
        """`asked` are pairs of an area code and a member code; either may be empty."""
        asked = list(asked)
        self.areas = {area for area, _ in asked if area}
        self.codes = {member for _, member in asked if member}

    @cached_property
    def paths(self) -> dict[str, list[str]]:
        """The areas above each area, itself last."""
        rows = Area.objects.current().filter(code__in=self.areas).values_list("code", "path")
        return {code: [each for each in path.split("/") if each] for code, path in rows}

    @cached_property
    def members(self) -> dict[str, Member]:
        return {row.code: row for row in Member.objects.current().filter(code__in=self.codes)}

    @cached_property
    def by_area(self) -> dict[str, Member]:
        """Of each area the member who answers first."""
        above = {code for path in self.paths.values() for code in path}
        found: dict[str, Member] = {}
        rows = Member.objects.current().filter(area__in=above, role__in=ANSWERS)
        for row in sorted(rows, key=lambda row: (ANSWERS.index(row.role), row.code)):
            found.setdefault(row.area, row)
        return found

    @property
    def lie_in(self) -> set[str]:
        """The areas of all who may be named."""
        return {row.area for row in (*self.members.values(), *self.by_area.values())}

    def of(self, area: str, member: str = "") -> Whom | None:
        """Whom to call about something in an area that is a member's; None where nobody is known."""
        found = self.members.get(member) or next(
            (self.by_area[code] for code in reversed(self.paths.get(area, ())) if code in self.by_area), None
        )
        return Whom(found.name, role_words(found.role), found.code, found.area, found.phone) if found else None
