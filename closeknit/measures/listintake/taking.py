"""Taking the rows of a draft into the ledger, some hundreds at a time: what is new, what is told again, whom each means."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.records.saving import author, device
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind, seal
from closeknit.ledger import bulk
from closeknit.ledger.expiry import goes_with
from closeknit.ledger.models import Event
from closeknit.ledger.record import lock, record_many
from closeknit.measures.listintake.models import Draft, ParkedRow
from closeknit.measures.listintake.reading import ListRow, Reading
from closeknit.measures.lists.kinds import Item, marks
from closeknit.policy.packs import policy
from closeknit.registry.models import Person
from closeknit.registry.reading.identifying import Identified, identify

AT_ONCE = 500
ROWS = UUID("6f0d5a3e-6d1c-5c0f-9a53-31f0c1d7a1e4")  # the namespace of item codes


def item_id(code: str, row: ListRow) -> UUID:
    """The item's code: the same for the same content of the same list, and nobody can reckon from it who is meant."""
    return uuid5(ROWS, blind(msgspec.json.encode([code, *row.content]).decode(), purpose="list row").hex())


def take(draft: Draft, account: Account) -> Draft:
    """Takes the next rows, in one transaction; when none is left the file is destroyed. The same rows twice change nothing."""
    with transaction.atomic():
        lock()
        held = Draft.objects.get(id=draft.id)
        if held.state == Draft.State.DONE:
            return held
        rows = list(islice(Reading(held, policy(held.area), held.at).rows(), held.taken, held.taken + AT_ONCE))
        counts = Counter(held.summary)
        _Chunk(held, account, counts).take(rows)
        held.taken += len(rows)
        held.state = Draft.State.TAKING
        if held.taken >= held.total:
            held.state, held.sealed = Draft.State.DONE, None
        held.summary = dict(counts)
        held.save()
    return held


class _Chunk:
    """Some rows of a draft against what the ledger and the register hold."""

    def __init__(self, draft: Draft, account: Account, counts: Counter[str]) -> None:
        self.draft, self.counts = draft, counts
        self.by, self.device, self.now = author(account), device(account), clock.now()

    def take(self, rows: Sequence[ListRow]) -> None:
        good = [row for row in rows if not row.problem]
        parked = [row for row in rows if row.problem]
        ids: dict[UUID, ListRow] = {}
        for row in good:
            ids.setdefault(item_id(self.draft.list, row), row)
        known = set(Event.objects.filter(id__in=ids).values_list("id", flat=True))
        fresh = [(number, row) for number, row in ids.items() if number not in known]
        self.counts.update(unchanged=len(known), repeated=len(good) - len(ids))
        parked += self._recorded(fresh)
        self._park(parked)
        self._settle(good)

    def _recorded(self, fresh: Sequence[tuple[UUID, ListRow]]) -> list[ListRow]:
        """Records what is new; gives the rows that the ledger refused."""
        people = Person.objects.current().filter(area__in=Area.objects.below(self.draft.area).values("code"))
        found = identify([row.whom for _, row in fresh], people)
        open_items = self._open(fresh, found)
        events: list[dict[str, Any]] = []
        for (number, row), who in zip(fresh, found, strict=True):
            same = self._same(number, row, who, open_items)
            self.counts["repeated" if same else "new"] += 1
            events.append(self._pushed(number, row, who, same))
            if not same and who.how != "none":
                self.counts[who.how] += 1
                events.append(self._matched(number, row, who))
            if not same and who.how not in ("exact", "folded") and not row.area:
                self.counts["unplaced"] += 1
        answers = {answer.id: answer.status for answer in record_many(events, by=self.by, device=self.device)} if events else {}
        refused = [row for number, row in fresh if answers[str(number)] != "accepted"]
        self.counts["new"] -= len(refused)
        return [ListRow(row.sheet, row.number, row.cells, problem="refused") for row in refused]

    def _open(self, fresh: Sequence[tuple[UUID, ListRow]], found: Sequence[Identified]) -> dict[Any, str]:
        """The codes of open items by their marks and persons, as far as these rows bear them."""
        pairs = [marks(row.data["name"], row.data["id_no"], row.data["phone"]) for _, row in fresh]
        persons = [who.persons[0].code for who in found if who.how in ("exact", "folded")]
        below = Area.objects.below(self.draft.area).values("code")
        ids, likes = [mark for mark, _ in pairs if mark], [mark for _, mark in pairs if mark]
        items = Item.objects.marked(ids, likes, persons).filter(area__in=below).order_by("-pushed_at", "-topic")
        known: dict[Any, str] = {}
        for each in items:
            for mark in (each.id_index, each.like_index):
                known |= {bytes(mark): each.topic} if mark else {}
            known |= {each.person: each.topic} if each.person else {}
        return known

    def _same(self, number: UUID, row: ListRow, who: Identified, known: dict[Any, str]) -> str:
        """The open item that the row tells of again; a row that is new stands for those that follow. By a valid ID nobody is taken for
        somebody who merely has the same name and telephone."""
        by_id, like = marks(row.data["name"], row.data["id_no"], row.data["phone"])
        person = who.persons[0].code if who.how in ("exact", "folded") else None
        same = next((known[each] for each in (by_id or like, person) if each in known), "")
        for each in (by_id, like, person):
            if each:
                known.setdefault(each, same or str(number))
        return same

    def _pushed(self, number: UUID, row: ListRow, who: Identified, same: str) -> dict[str, Any]:
        deadline = row.data.get("deadline") or self.draft.deadline.isoformat()
        told = {"list": self.draft.list, "source": self.draft.source, "row": row.number, "file": self.draft.file, "sheet": row.sheet}
        sure = who.persons[0].area if who.how in ("exact", "folded") else ""
        return self._event(
            number, "lists.pushed", sure or row.area or self.draft.area, {**row.data, **told, "deadline": deadline, "same_as": same}
        )

    def _matched(self, number: UUID, row: ListRow, who: Identified) -> dict[str, Any]:
        data: dict[str, Any] = {"item": str(number), "how": who.how}
        if who.how == "doubtful":
            data["candidates"] = [person.code for person in who.persons]
            return self._event(uuid5(number, "matched"), "lists.matched", row.area or self.draft.area, data)
        person = who.persons[0]
        return {
            **self._event(uuid5(number, "matched"), "lists.matched", person.area, data),
            "person": person.code,
            "household": person.household,
        }

    def _event(self, number: UUID, kind: str, area: str, data: dict[str, Any]) -> dict[str, Any]:
        said = {name: value for name, value in data.items() if value not in ("", None, [])}
        return {"id": str(number), "kind": kind, "area": area, "at": self.now.isoformat(), "data": said}

    def _park(self, rows: Sequence[ListRow]) -> None:
        self.counts["parked"] += len(rows)
        made = []
        for row in rows:
            own = uuid7()
            made.append({
                "id": own, "draft": self.draft.id, "at": self.now, "area": self.draft.area, "list": self.draft.list,
                "file": self.draft.file,
                "sheet": row.sheet[:100], "row": row.number, "column": row.column[:60], "reason": row.problem, "settled_at": None,
                "raw": seal(dict(row.cells), about=f"parked|{own}"),
            })  # fmt: skip
        bulk.insert(ParkedRow, made, conflict=("draft", "sheet", "row"))

    def _settle(self, good: Sequence[ListRow]) -> None:
        """Rows of the same list that stood aside and can be taken now are cured."""
        aside = ParkedRow.objects.filter(area=self.draft.area, list=self.draft.list, settled_at=None).exclude(draft=self.draft.id)
        taken = {(row.sheet, row.number) for row in good}
        cured = [pk for pk, sheet, row in aside.values_list("id", "sheet", "row") if (sheet, row) in taken]
        ParkedRow.objects.filter(id__in=cured).update(settled_at=self.now)


@goes_with(lambda: "contacts")
def forget(until: Any) -> None:
    """Destroys files that nobody took and rows that stood aside, with the records of their class."""
    Draft.objects.filter(at__lt=until).delete()
    ParkedRow.objects.filter(at__lt=until).delete()
