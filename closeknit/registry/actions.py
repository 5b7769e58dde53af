"""What people do to the register: tell of somebody found, say who it was, put a record or an entry right, take it back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from closeknit.kit import citizen_id, clock
from closeknit.kit.folding import tidy
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind
from closeknit.kit.text import FieldRefusal, Text
from closeknit.ledger import bulk
from closeknit.ledger.kinds import Reference
from closeknit.ledger.models import Event
from closeknit.ledger.record import Answer, record
from closeknit.registry.entering import Entering, Held, wait_for_others
from closeknit.registry.entries import columns_of, household_row
from closeknit.registry.models import Household, Person
from closeknit.registry.roster.person import RosterPerson, phones, sex
from closeknit.registry.roster.verdict import Reason, Status, Verdict

REAL_ID = Text(
    "This looks like the ID of a real person; only made-up ones (99…) are taken here.",
    "疑似真实证件号码。本系统当前只接收99开头的虚构证件号。",
)
SAME_ID = Text(
    "Somebody in the register has this ID already. If it is the same person, merge the two.", "名册中已有此证件号码。如为同一人，请作合并。"
)


class Refused(FieldRefusal):
    """What was asked cannot be done: beside which field, and what to do instead."""


def find(*, by: str, area: str, data: Mapping[str, Any], event_id: UUID | None = None) -> str:
    """Tells of a household or person whom no list knows; from now on they are due like everybody. Returns their code.
    Raises Refused beside the field that cannot be taken."""
    event_id = event_id or uuid7()
    if Event.objects.filter(id=event_id, kind="registry.found", member=by).exists():
        return f"found:{event_id}"  # the same form, sent twice
    _taken(record("registry.found", by=by, area=area, data=dict(data), id=str(event_id)))
    return f"found:{event_id}"


def merge(code: str, canonical: str, *, reference: Reference, area: str, by: str, reason: str) -> UUID:
    """Says that who was found is the household or person of another code: the records of both count for that one. Returns the record,
    which `void` takes back."""
    event_id = uuid7()
    data = {"canonical": canonical, "reference": reference, "reason": reason}
    names: dict[str, str] = {reference: code}
    _taken(record("registry.merged", by=by, area=area, data=data, id=str(event_id), **names))
    return event_id


def void(event: Event, *, by: str, reason: str) -> UUID:
    """Withdraws a record; it stays readable, struck out, with the reason."""
    event_id = uuid7()
    about = {name: getattr(event, name) for name in ("person", "household", "place") if getattr(event, name)}
    _taken(record("ledger.voided", by=by, area=event.area, data={"reason": reason}, corrects=str(event.id), id=str(event_id), **about))
    return event_id


def correct(event: Event, *, by: str, data: Mapping[str, Any], at: str = "", reason: str) -> UUID:
    """Puts a record right by one of the same kind, which counts in its place. `at` is when it happened (as it was, where left out)."""
    event_id = uuid7()
    about = {name: getattr(event, name) for name in ("person", "household", "place") if getattr(event, name)}
    told = {**data, "reason": reason}
    at = at or event.at.isoformat()
    _taken(record(event.kind, by=by, area=event.area, data=told, corrects=str(event.id), at=at, id=str(event_id), **about))
    return event_id


def amend_person(code: str, changes: Mapping[str, str], *, by: str, reason: str) -> UUID:
    """Puts a person's entry right: any of name, id_no, phone, household, area, category, note. The register keeps both versions.
    Raises Refused beside the field that cannot be taken."""
    with transaction.atomic():
        wait_for_others()
        person = Person.objects.current().get(code=code)
        verdict = _amended(person, changes)
        assert verdict.person is not None
        entering = Entering(Held.of([code], [verdict.household]), clock.now(), had_persons=True)
        entering.enter([verdict])
        entering.finish()
        return note_amended(sorted(changes), area=verdict.area, by=by, reason=reason, person=code)


def amend_household(code: str, changes: Mapping[str, str], *, by: str, reason: str) -> UUID:
    """Puts a household's entry right: any of address, landmark, area (its people go with it). The register keeps both versions."""
    with transaction.atomic():
        wait_for_others()
        now = clock.now()
        home = Household.objects.current().get(code=code)
        area = changes.get("area") or home.area
        kept = {**home.told(), **{name: text for name, text in changes.items() if name in ("address", "landmark")}}
        Household.objects.filter(id=home.id).update(retired_at=now)
        bulk.insert(Household, [household_row(code, area, home.position, "", now, kept={k: v for k, v in kept.items() if v})])
        if area != home.area:
            _move_people(code, home.area, area, now)
        return note_amended(sorted(changes), area=area, by=by, reason=reason, household=code)


def note_amended(fields: list[str], *, area: str, by: str, reason: str, worker: str = "", chiefs: Sequence[str] = (), **about: str) -> UUID:
    """The record that an entry was put right, and why; `worker` is the code of a member whose entry it was, `chiefs` the roles of a
    place that were given (`role:member`)."""
    event_id, data = uuid7(), {"fields": fields, "reason": reason, "worker": worker, "chiefs": list(chiefs)}
    _taken(record("registry.amended", by=by, area=area, data=data, id=str(event_id), **about))
    return event_id


def _move_people(household: str, before: str, area: str, now: Any) -> None:
    people = list(Person.objects.current().filter(household=household, area=before))
    Person.objects.filter(id__in=[person.id for person in people]).update(retired_at=now)
    bulk.insert(Person, [{**columns_of(person), "id": uuid7(), "area": area, "learned_at": now, "retired_at": None} for person in people])


def _amended(person: Person, changes: Mapping[str, str]) -> Verdict:
    told = person.told()
    id_no = changes.get("id_no", told.get("id_no", ""))
    reading = citizen_id.read(id_no)
    if "id_no" in changes:
        check_id(id_no, reading, person.code)
    reason: Reason = "" if not reading.fault else "no_id" if reading.fault == "empty" else "bad_id"
    status: Status = "doubtful" if reason else "accepted"
    own_tags = {"living_alone", "immobile", "key"}
    whom = RosterPerson(
        person.code, changes.get("household") or person.household, changes.get("area") or person.area,
        tidy(changes.get("name") or told.get("name", "")), reading.number, reading.birth_date or person.birth_date,
        sex=reading.sex or sex(person.sex), phone=phones(changes["phone"]) if "phone" in changes else told.get("phone", ""),
        category=changes.get("category", person.category), relation=told.get("relation", ""),
        note=changes.get("note", told.get("note", "")),
        key="key" in person.tags, living_alone="living_alone" in person.tags, immobile="immobile" in person.tags,
        key_categories=tuple(tag for tag in person.tags if tag not in own_tags),
    )  # fmt: skip
    digest, cells = bytes(person.digest), {"id_no": id_no}
    return Verdict("", None, 0, status, reason, "", None, whom, None, whom.household, whom.area, "changed", digest, cells)


def check_id(text: str, reading: citizen_id.Reading, code: str) -> None:
    """Raises Refused where an ID cannot be taken for the person of this code."""
    if not settings.REAL_DATA and (citizen_id.may_be_real(text) or (reading.number and not reading.number.startswith("99"))):
        raise Refused("id_no", REAL_ID)
    others = Person.objects.current().exclude(code=code)
    if reading.number and others.filter(id_index=blind(reading.number, purpose="id")).exists():
        raise Refused("id_no", SAME_ID)


def _taken(answer: Answer) -> None:
    if answer.status not in ("accepted", "duplicate"):
        field = answer.field.removeprefix("data.")
        raise Refused(field, answer.text or Text("This could not be recorded.", "未能登记，请核对后重试。"))
