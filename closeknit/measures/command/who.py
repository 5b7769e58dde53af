"""Whom to call: the member who answers for an area, or a member by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from closeknit.access.roles import ROLES
from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case
from closeknit.registry.models import Member

ANSWERS = ("village_secretary", "grid_worker", "village_worker", "supervisor", "town_clerk", "county_supervisor")
OTHER_ROLES = {"village_worker": Text("village worker", "村（社区）干部"), "supervisor": Text("supervisor", "乡镇督导")}


@dataclass(frozen=True)
class Whom:
    """Somebody to call, by name and role: no telephone of a member is kept anywhere yet."""

    name: str
    role: Text | str
    code: str


class Callees:
    """Who answers for each of these cases; three statements, however many cases there are."""

    def __init__(self, cases: Iterable[Case]) -> None:
        cases = list(cases)
        self.areas = {case.area for case in cases if case.area}
        self.codes = {case.member for case in cases if case.member}

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

    def of(self, case: Case) -> Whom | None:
        """Whom to call about a case; None where nobody is known."""
        member = self.members.get(case.member) or next(
            (self.by_area[code] for code in reversed(self.paths.get(case.area, ())) if code in self.by_area), None
        )
        if member is None:
            return None
        role = ROLES.get(member.role) or OTHER_ROLES.get(member.role, member.role)
        return Whom(member.name, role, member.code)
