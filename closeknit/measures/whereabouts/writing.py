"""From the ledger to the whereabouts files: each day's entries once, sorted by place and by person, whatever kills it on the way."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from closeknit.kit import clock
from closeknit.kit.folding import fold
from closeknit.kit.ids import uuid7
from closeknit.ledger.expiry import goes_with
from closeknit.ledger.kinds import Said, kinds
from closeknit.ledger.models import Event
from closeknit.ledger.queries import arrived, in_window, last_arrival, standing, withdrawn
from closeknit.ledger.tallies import hour_of
from closeknit.measures.whereabouts import folder
from closeknit.measures.whereabouts.analyses import ENTRIES
from closeknit.measures.whereabouts.engines import Duck
from closeknit.measures.whereabouts.folder import Block, Contents, Day
from closeknit.policy.packs import policy

RETENTION = "whereabouts"
ARRIVALS = 200_000  # of the ledger at a time
ROWS = 10_000  # of a block: measured with 10, 20 and 40 thousand; what is around a visit is read in a millisecond
LOOSE = 16  # more blocks than a sorted day needs: then it is sorted again
ORDERS = {"place": ("place", "at_s"), "person": ("pseudonym", "at_s")}
Entry = tuple[str, int, str, int]


@dataclass
class Written:
    """What was written: days that changed, entries in them that are new or were written again."""

    days: int = 0
    entries: int = 0


def said() -> list[type[Said]]:
    """The kinds that say who was where."""
    return [kind.said for kind in kinds().values() if kind.retention == RETENTION and kind.whereabouts]


def subject(event: Event) -> str:
    """Whom an entry is about: a person of the register, else a telephone, else just this entry; empty where it is about nobody."""
    if event.person:
        return f"person|{event.person}"
    told = event.told()
    if phone := of_phone(str(told.get("phone", ""))):
        return phone
    return f"entry|{event.id}" if told.get("name") else ""


def of_phone(phone: str) -> str:
    """The same for a telephone as somebody wrote it; empty where it has no digits."""
    digits = "".join(each for each in fold(phone) if each.isdigit())
    return f"phone|{digits[-11:]}" if digits else ""


def zone() -> timezone:
    """By whose days the files are: one zone for the whole ledger."""
    return policy().timezone


def day_of(moment: datetime) -> str:
    """In which day's files a moment lies."""
    return moment.astimezone(zone()).date().isoformat()


def write_new(*, anew: bool = False) -> Written:
    """Brings the files up to date with the ledger. anew: throws them away first, as where the ledger was restored to an earlier time."""
    done, days = 0, set()
    with folder.held(alone=True):
        last = last_arrival()
        held = Contents() if anew else folder.contents()
        if held.arrival > last:
            held = Contents()
        folder.sweep(held)
        while held.arrival < last:
            upto = min(last, held.arrival + ARRIVALS)
            for day, entries, again in _changes(held.arrival, upto):
                if again:
                    held.days.pop(day, None)
                done += len(entries)
                days.add(day)
                _add(held, day, entries)
            held.arrival = upto
            folder.settle(held)
    return Written(len(days), done)


def _changes(after: int, upto: int) -> Iterator[tuple[str, list[Entry], bool]]:
    """(day, entries, whether they are all of the day). A day of which something was withdrawn is written again, from the ledger.

    What is older than the pack keeps is not written, even where nobody has destroyed it in the ledger yet.
    """
    since = hour_of(clock.now() - timedelta(days=policy().get("retention_days.whereabouts")))
    again = {day_of(at) for at in withdrawn(after, upto, *said()).values_list("at", flat=True)}
    fresh: dict[str, list[Event]] = defaultdict(list)
    for event in arrived(after, upto, *said()).filter(at__gte=since).defer("digest").iterator():
        if (day := day_of(event.at)) not in again:
            fresh[day].append(event)
    for day, events in fresh.items():
        yield day, list(_entries(day, events)), False
    for day in again:
        start = datetime.fromisoformat(day).replace(tzinfo=zone())
        whole = in_window(standing(*said()), max(start, since), start + timedelta(days=1)).filter(arrival__lte=upto).defer("digest")
        yield day, list(_entries(day, whole.iterator())), True


def _entries(day: str, events: Iterable[Event]) -> Iterator[Entry]:
    key = Day(day, new=True)
    for event in events:
        if event.place and (whom := subject(event)):
            yield event.place, int(event.at.timestamp()), event.kind, key.pseudonym(whom)


def _add(held: Contents, day: str, entries: Sequence[Entry]) -> None:
    """Adds the entries to a day's blocks; sorts all of the day again where it has too many blocks to find something quickly."""
    duck = Duck()
    duck.hold("entries", ENTRIES, entries)
    blocks = held.days.get(day, [])
    one_order = [block for block in blocks if block.order == "place"]
    if len(one_order) >= LOOSE + 2 * sum(block.rows for block in one_order) // ROWS:
        with folder.in_memory([(day, block) for block in one_order]) as files:
            duck.connection.execute("INSERT INTO entries SELECT * FROM read_parquet(?)", [files])
        blocks = []
    made = [*blocks, *packed(duck, Day(day, new=True))]
    if made:
        held.days[day] = made


def packed(duck: Duck, key: Day) -> Iterator[Block]:
    """Writes what `entries` holds as blocks of the day, in both orders."""
    for order, columns in ORDERS.items():
        by = ", ".join(columns)
        ask = duck.connection.execute
        ask(f"CREATE OR REPLACE TABLE sorted AS SELECT row_number() OVER (ORDER BY {by}) - 1 AS n, * FROM entries")  # noqa: S608
        ends = f"min(({by})), max(({by}))"
        bounds = ask(f"SELECT n // {ROWS}, count(*), {ends} FROM sorted GROUP BY 1 ORDER BY 1").fetchall()  # noqa: S608
        for number, rows, low, high in bounds:
            name = uuid7().hex
            folder.write(name, key.sealed(name, _parquet(duck, number * ROWS, (number + 1) * ROWS)))
            yield Block(name, order, rows, low, high)
    duck.connection.execute("DROP TABLE sorted")


def _parquet(duck: Duck, start: int, end: int) -> bytes:
    """Rows of `sorted` as Parquet; in memory alone on the way."""
    descriptor = os.memfd_create(folder.NAME, os.MFD_CLOEXEC)
    try:
        rows = f"SELECT {', '.join(ENTRIES)} FROM sorted WHERE n >= {start} AND n < {end} ORDER BY n"  # noqa: S608
        duck.connection.execute(f"COPY ({rows}) TO '/proc/self/fd/{descriptor}' (FORMAT parquet, USE_TMP_FILE false)")
        return os.pread(descriptor, os.fstat(descriptor).st_size, 0)
    finally:
        os.close(descriptor)


@goes_with(lambda: RETENTION, apart=True)
def forget(until: datetime) -> None:
    """Destroys what is older, with the keys of the days that are over; of the day in which `until` lies the rest is written again.
    Waits for whoever reads."""
    first = day_of(until)
    with folder.held(alone=True):
        held = folder.contents()
        rest = [block for block in held.days.get(first, ()) if block.order == "place"]
        days = {day: blocks for day, blocks in held.days.items() if day > first}
        if rest:
            duck = Duck()
            with folder.in_memory([(first, block) for block in rest]) as files:
                duck.read(files)
                left = duck.ask("SELECT * FROM entries WHERE at_s >= :until_s", until_s=int(until.timestamp()))
            if len(left) == sum(block.rows for block in rest):
                days[first] = held.days[first]
            elif left:
                duck.hold("entries", ENTRIES, left)
                days[first] = list(packed(duck, Day(first)))
        if days != held.days:
            held.days = days
            folder.settle(held)
