"""Groups, who belongs to them and who was drawn, as the records tell them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timezone
from typing import Any

from closeknit.campaigns.cadences.kinds import Drawn, GroupSet, MemberAdded, MemberLeft, belonging
from closeknit.campaigns.cadences.rules import day_after, moment
from closeknit.campaigns.models import Group, Owing
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, grouped, projection
from closeknit.policy.packs import policy
from closeknit.registry.known import canonical
from closeknit.registry.subjects import OfSubject


def _zones(events: Iterable[Event]) -> dict[str, timezone]:
    return {area: policy(area).timezone for area in {event.area for event in events}}


def group_row(event: Event, zone: timezone) -> dict[str, Any]:
    """A group as one record sets it."""
    data = event.data
    return {
        "id": uuid7(), "topic": event.topic, "area": event.area, "place": event.place, "label": data["label"][:400],
        "label_en": data.get("label_en", "")[:400], "category": data["category"][:60], "cadence_days": data.get("cadence_days"),
        "share": data.get("share"), "starts_at": moment(data.get("from_day", ""), event.at, zone),
        "ends_at": day_after(data.get("until_day", ""), zone),
    }  # fmt: skip


@projection
class Groups(Projection):
    """One row a group: the latest record that sets it."""

    reads = (GroupSet,)
    subject = "topic"
    model = Group

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        zones = _zones(events)
        for said in grouped(events, "topic").values():
            yield group_row(said[-1], zones[said[-1].area])


@projection
class Members(OfSubject):
    """One row a group and person that belongs to it."""

    reads = (MemberAdded, MemberLeft)
    subject = "person"
    model = Owing

    @classmethod
    def forget(cls, subjects: Collection[str]) -> None:
        Owing.objects.filter(draw=None, person__among=frozenset(subjects)).delete()

    @classmethod
    def clear(cls) -> None:
        Owing.objects.filter(draw=None).delete()

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        zones = _zones(events)
        other_names = canonical("person", {event.person for event in events})
        for (group, person), event in belonging(events, other_names).items():
            yield {
                "id": uuid7(), "group": group, "person": person, "school_class": event.data.get("school_class", "")[:80],
                "since": moment(event.data.get("from_day", ""), event.at, zones[event.area]), "draw": None, "due_by": None,
            }  # fmt: skip


@projection
class DrawnOnes(Projection):
    """One row a draw and person whom it drew."""

    reads = (Drawn,)
    subject = "topic"
    model = Owing

    @classmethod
    def forget(cls, subjects: Collection[str]) -> None:
        Owing.objects.filter(group__among=frozenset(subjects)).exclude(draw=None).delete()

    @classmethod
    def clear(cls) -> None:
        Owing.objects.exclude(draw=None).delete()

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        zones = _zones(events)
        for event in events:
            due_by = day_after(event.data["until_day"], zones[event.area])
            of_draw = {"group": event.topic, "since": event.at, "draw": event.id, "due_by": due_by}
            for person in event.data["drawn"]:
                yield {"id": uuid7(), "person": person, "school_class": "", **of_draw}
