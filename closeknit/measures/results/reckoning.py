"""The units of an area with their inspections, problems and repeats; a number of statements that does not grow with them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from closeknit.areas.models import Area
from closeknit.kit.folding import fold
from closeknit.kit.text import Text
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.checkplans.kinds import Inspected, plans_of
from closeknit.measures.results.kinds import Drawn
from closeknit.measures.results.rules import is_owed, repeats, step_of
from closeknit.measures.supervision.kinds import problems_of
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place


@dataclass(frozen=True)
class Repeat:
    """A problem that a unit was found with more than once within the pack's days. `step`: what the pack asks for; `owed`: not yet done."""

    unit: str
    title: str
    times: int
    area: str
    since: datetime
    step: Mapping[str, Any] | None
    owed: bool

    @property
    def words(self) -> Text | str:
        """The step in words."""
        return Text(self.step["en"], self.step["zh"]) if self.step else ""


@dataclass
class Result:
    """What supervision comes to for one unit, seen from an area."""

    code: str
    area: str
    name: str = ""
    checks: list[Event] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)

    @property
    def not_met(self) -> int:
        """Items that were not well, in all inspections."""
        return sum(len(event.data.get("not_met", ())) for event in self.checks)

    @property
    def items(self) -> int:
        return self.not_met + sum(len(event.data.get("met", ())) for event in self.checks)

    @property
    def open(self) -> int:
        return sum(1 for each in self.problems if each["state"] != "closed")

    @property
    def reopened(self) -> int:
        return sum(each["times_reopened"] for each in self.problems)

    @property
    def worst(self) -> Repeat | None:
        """The repeat that asks for most, what is not yet done first."""
        return max(self.repeats, key=lambda each: (each.owed, each.times), default=None)


def results(area: str, until: datetime, pack: Policy, as_of: datetime | None = None) -> list[Result]:
    """The units that were inspected, planned or found wanting in the area; the worst first."""
    found: dict[str, Result] = {}

    def of(code: str) -> Result:
        return found.setdefault(code, Result(code, area))

    problems = problems_of(area, until, as_of)
    for each in problems:
        of(each["unit"]).problems.append(each)
    checks = in_area(standing(Inspected, as_of=as_of), area, as_of).filter(at__lt=until).order_by(*TOTAL_ORDER)
    for event in checks.defer("personal", "digest"):
        of(event.data["unit"]).checks.append(event)
    for plan in plans_of(area, until, as_of):
        for unit in plan.left:
            of(unit.code).left.append(plan.title)
    for each in repeats_of(problems, area, until, pack, as_of):
        of(each.unit).repeats.append(each)
    _name(found)
    return sorted(found.values(), key=lambda one: (-len(one.repeats), -one.reopened, -len(one.problems), one.code))


def repeats_of(problems: list[dict[str, Any]], area: str, until: datetime, pack: Policy, as_of: datetime | None = None) -> list[Repeat]:
    """What was found more than once of the same unit, with what the pack asks for; one statement."""
    days, ladder = int(pack.get("supervision.repeat_days")), pack.get("supervision.consequences", ())
    times = repeats([(each["unit"], each["title"], each["found_at"]) for each in problems], until, days)
    drawn = drawn_of(area, until, days, as_of)
    latest = {(each["unit"], fold(each["title"])): each for each in sorted(problems, key=lambda each: (each["found_at"], each["topic"]))}
    made = []
    for key, number in times.items():
        if number > 1:
            last, step = latest[key], step_of(number, ladder)
            owed = is_owed(number, ladder, drawn.get(key, ()))
            made.append(Repeat(last["unit"], last["title"], number, last["area"], last["found_at"], step, owed))
    return sorted(made, key=lambda each: (not each.owed, -each.times, each.unit, each.title))


def drawn_of(area: str, until: datetime, days: int, as_of: datetime | None = None) -> dict[tuple[str, str], list[str]]:
    """The steps that were taken within the days, by unit and folded title."""
    events = in_area(standing(Drawn, as_of=as_of), area, as_of).filter(at__gte=until - timedelta(days=days), at__lt=until)
    steps: dict[tuple[str, str], list[str]] = {}
    for event in events.defer("personal", "digest"):
        steps.setdefault((event.data["unit"], fold(event.data["title"])), []).append(event.data["step"])
    return steps


def _name(found: dict[str, Result]) -> None:
    areas = Area.objects.names(found)
    places = dict(Place.objects.current().filter(code__in=found).values_list("code", "name"))
    for code, one in found.items():
        one.name = areas.get(code) or places.get(code) or code


def by_item(checks: list[Event]) -> list[tuple[str, int, int]]:
    """Each item of the checklists with how often it was well and how often not, the worst first."""
    met, not_met = Counter[str](), Counter[str]()
    for event in checks:
        met.update(event.data.get("met", ()))
        not_met.update(event.data.get("not_met", ()))
    return sorted(((item, met[item], not_met[item]) for item in {*met, *not_met}), key=lambda row: (-row[2], row[0]))
