"""Cases as their records tell them."""

from collections.abc import Iterable
from dataclasses import dataclass

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.cases.kinds import Drafted, Published, Returned, Withdrawn
from closeknit.measures.inspections.kinds import Act, acts_of
from closeknit.registry.models import Place

STATES = {
    "cases.drafted": (Text("To look through", "待审核"), "watch"), "cases.returned": (Text("Sent back", "已退回"), "bad"),
    "cases.published": (Text("Published", "已发布"), "good"), "cases.withdrawn": (Text("Taken down", "已撤下"), "quiet"),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case: its first draft tells where it comes from, its last record how it stands."""

    code: str
    steps: list[Event]

    @property
    def first(self) -> Event:
        return self.steps[0]

    @property
    def state(self) -> str:
        return self.steps[-1].kind

    @property
    def draft(self) -> Event:
        """The latest draft."""
        return [each for each in self.steps if each.kind == "cases.drafted"][-1]

    @property
    def published(self) -> Event | None:
        """What everybody reads; None where it is not out, or no longer."""
        return self.steps[-1] if self.state == "cases.published" else None

    @property
    def hands(self) -> set[str]:
        """Who has written it: somebody else looks it through."""
        return {each.member for each in self.steps if each.kind == "cases.drafted"}

    @property
    def place(self) -> Place | None:
        return Place.objects.current().filter(code=self.first.place).first()

    @property
    def act(self) -> Act | None:
        """The act that it was written from."""
        return acts_of(self.first.place, self.first.area).get(str(self.first.data.get("act", "")))


def _cases(events: Iterable[Event]) -> list[Case]:
    found = [Case(code, steps) for code, steps in grouped(list(events), "topic").items()]
    return sorted((each for each in found if each.first.kind == "cases.drafted"), key=lambda case: case.first.order, reverse=True)


def cases(area: str) -> list[Case]:
    """The cases that were drafted in an area, the latest first."""
    said = standing(Drafted, Returned, Published, Withdrawn)
    topics = in_area(standing(Drafted), area).values("topic")
    return _cases(said.filter(topic__in=topics))


def one(code: str) -> Case | None:
    """The case of that number."""
    found = _cases(standing(Drafted, Returned, Published, Withdrawn).filter(topic=code))
    return found[0] if found else None


def published(area: str) -> list[Event]:
    """What everybody may read of an area, the latest first."""
    below = Area.objects.below(area).values("code")
    topics = standing(Published).filter(area__in=below).values("topic")
    said = standing(Drafted, Published, Withdrawn, Returned).filter(topic__in=topics).defer("personal", "digest")
    return [each.published for each in _cases(said) if each.published]
