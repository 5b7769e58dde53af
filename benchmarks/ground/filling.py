"""Millions of people and records put straight into their tables, in the form in which an import and the ledger put them there.

Events do not pass the judge, and of the projections only the campaigns' reach is folded (by its own code, a campaign's targets at a time)
beside all tallies; a benchmark that reads others says what it filled.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any

PIECE = 10_000
ARRIVES = timedelta(seconds=40)  # so long after it happened a record is with the server
Row = dict[str, Any]


def fill_register(people: Iterable[tuple[str, ...]]) -> None:
    """Everybody with a household: names and addresses encrypted, as an import leaves them; without the words by which they are searched."""
    from closeknit.kit import clock
    from closeknit.kit.ids import uuid7
    from closeknit.kit.sealing import seal
    from closeknit.ledger import bulk
    from closeknit.registry.models import Household, Person

    now = clock.now()

    def versioned(code: str, **rest: Any) -> Row:
        return {"id": uuid7(), "code": code, "learned_at": now, "retired_at": None, **rest}

    plain = {"sex": "", "birth_date": None, "doubt": "", "category": "", "tags": [], "id_index": None}
    for piece in pieces(groupby_home(people)):
        homes, persons = [], []
        for home, members in piece:
            _, _, village, _, address = members[0]
            sealed = seal({"address": address}, about=f"household|{home}")
            homes.append(versioned(home, area=village, position=int(home[1:]), personal=sealed))
            for code, _, area, name, _ in members:
                secret = seal({"name": name}, about=f"person|{code}")
                digest = hashlib.blake2b(code.encode(), digest_size=16).digest()
                persons.append(versioned(code, household=home, area=area, personal=secret, digest=digest, **plain))
        bulk.insert(Household, homes)
        bulk.insert(Person, persons)


def groupby_home(people: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """The households with their people."""
    return ((home, list(members)) for home, members in groupby(people, key=lambda person: person[1]))


def pieces(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows, so many at a time as one statement takes."""
    rest = iter(rows)
    while piece := list(islice(rest, PIECE)):
        yield piece


def event(number: int, kind: str, at: datetime, area: str, data: Row, **about: str) -> Row:
    """A row of the ledger; `about` names person, household, place or topic."""
    from closeknit.kit.ids import uuid7

    received, unit = at + ARRIVES, area[-4:]
    return {
        "id": uuid7(), "kind": kind, "at": at, "said_at": at, "received_at": received, "arrival": number, "seq": number,
        "device": f"D-{unit}", "member": f"W-{unit}", "area": area, "person": "", "household": "", "place": "", "topic": "", "data": data,
        "personal": None, "digest": number.to_bytes(16, "big"), "corrects": None, "superseded_at": None, "clock_error": None, "flags": "",
        **about,
    }  # fmt: skip


@dataclass
class Ledger:
    """The ledger being filled: numbers arrivals, inserts in pieces, counts, and folds reach. What is said of one target in one campaign
    must come in one call of `take`."""

    arrival: int = 0
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, rows: Callable[[int], Iterable[Sequence[Row]]]) -> None:
        """`rows` is given the number of the next arrival and yields the rows of one target after another."""
        piece: list[Row] = []
        for of_one in rows(self.arrival + 1):
            piece.extend(of_one)
            if len(piece) >= PIECE:
                self._insert(piece)
                piece = []
        self._insert(piece)

    def _insert(self, rows: list[Row]) -> None:
        from closeknit.campaigns.models import Reach
        from closeknit.campaigns.types import ReachOf
        from closeknit.ledger import bulk, tallies
        from closeknit.ledger.models import Clock, Event
        from closeknit.ledger.projections import projections

        if not rows:
            return
        bulk.insert(Event, rows)
        events = [Event.told_by(**row) for row in rows]
        kinds = {row["kind"] for row in rows}
        for each in projections():
            if issubclass(each, ReachOf) and not kinds.isdisjoint(each.kind_names()):
                bulk.insert(Reach, list(each.rows([event for event in events if event.kind in each.kind_names()])))
        tallies.apply(events, [])
        self.arrival += len(rows)
        for row in rows:
            self.taken[row["kind"]] = self.taken.get(row["kind"], 0) + 1
        Clock.objects.update_or_create(id=1, defaults={"arrival": self.arrival})


def settled_tables() -> None:
    """What the database does by itself after a while: looks through the tables, so that it plans by what they hold."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
