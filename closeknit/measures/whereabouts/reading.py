"""Reading the whereabouts files. Only `trace()` of the measure tracing calls this, after it has written who asks, about which case, why."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.whereabouts import folder
from closeknit.measures.whereabouts.analyses import ASKED, OWN_VISITS, PRESENT, VISITS, Rows
from closeknit.measures.whereabouts.engines import Duck
from closeknit.measures.whereabouts.folder import Block, Bound, Contents, Day
from closeknit.measures.whereabouts.writing import day_of, of_phone, said, subject, zone

BLOCKS_AT_ONCE = 800  # eight million rows; each block is an open file
EVENTS_AT_ONCE = 100
Asked = Mapping[str, Rows]  # by day
Batch = list[tuple[str, Block]]


@dataclass(frozen=True)
class Traced:
    """The person of a case: all their codes and telephones, and from when until when they count."""

    case: str
    codes: Sequence[str]
    phones: Sequence[str] = field(repr=False)
    window: tuple[datetime, datetime]

    @property
    def subjects(self) -> list[str]:
        """Whom entries of this person may be about."""
        return [*(f"person|{code}" for code in self.codes), *filter(None, map(of_phone, self.phones))]


def asked_for(people: Iterable[Traced]) -> Asked:
    """What `look` asks for: by day the pseudonyms of each case's person, and from when until when they count. Makes no key."""
    asked: dict[str, list[tuple[str, int, int, int]]] = defaultdict(list)
    for each in people:
        first, last = (moment.astimezone(zone()).date() for moment in each.window)
        from_s, until_s = (int(moment.timestamp()) for moment in each.window)
        for number in range((last - first).days + 1):
            day = (first + timedelta(days=number)).isoformat()
            if key := _key(day):
                asked[day] += [(each.case, key.pseudonym(name), from_s, until_s) for name in each.subjects]
    return asked


def _key(day: str) -> Day | None:
    """The day's key; None where it has none, and so no files."""
    try:
        return Day(day)
    except FileNotFoundError:
        return None


def look(asks: Callable[[], Asked], *, window_s: int, text: str = PRESENT) -> Rows:
    """The rows of an analysis over the files: first the visits of those who are asked for, then who was near. Opens only what is needed.

    Who is asked for is reckoned while nobody writes: whoever writes anew gives the days other keys, and nobody would be found.
    """
    duck = Duck()
    with folder.held(alone=False):
        held, asked = folder.contents(), asks()
        duck.hold("asked", ASKED, [row for rows in asked.values() for row in rows])
        visits = [row for blocks in _own(held, asked) for row in _over(duck, blocks, OWN_VISITS)]
        duck.hold("visits", VISITS, visits)
        return [row for blocks in _near(held, visits, window_s) for row in _over(duck, blocks, text, window_s=window_s)]


def _over(duck: Duck, blocks: Batch, text: str, **values: int) -> Rows:
    with folder.in_memory(blocks) as files:
        duck.read(files)
        return duck.ask(text, **values)


def _own(held: Contents, asked: Asked) -> Iterator[Batch]:
    """The blocks in which those who are asked for stand."""
    names = {day: sorted(row[1] for row in rows) for day, rows in asked.items()}
    bounds: dict[str, list[tuple[Bound, Bound]]] = {day: [((each, 0), (each, 1 << 62)) for each in found] for day, found in names.items()}
    yield from _batches((day, needed(held.days.get(day, ()), "person", wanted)) for day, wanted in bounds.items())


def _near(held: Contents, visits: Rows, window_s: int) -> Iterator[Batch]:
    """The blocks that hold somebody near a visit; of a day that no visit touches none does."""
    wanted: list[tuple[Bound, Bound]] = [((place, at_s - window_s), (place, at_s + window_s)) for _, place, at_s in visits]
    wanted.sort()
    yield from _batches((day, needed(blocks, "place", wanted)) for day, blocks in held.days.items())


def needed(blocks: Iterable[Block], order: str, wanted: Sequence[tuple[Bound, Bound]]) -> list[Block]:
    """The blocks of an order that may hold something between one of these pairs of bounds, both sides of the pairs rising together."""
    ends = [end for _, end in wanted]
    found = []
    for block in blocks:
        if block.order == order:
            first = bisect_left(ends, block.low)
            if first < len(wanted) and wanted[first][0] <= block.high:
                found.append(block)
    return found


def _batches(days: Iterator[tuple[str, list[Block]]]) -> Iterator[Batch]:
    """Whole days together, as many as memory takes at once: a pseudonym is of one day."""
    batch: Batch = []
    for day, blocks in days:
        if batch and len(batch) + len(blocks) > BLOCKS_AT_ONCE:
            yield batch
            batch = []
        batch += [(day, block) for block in blocks]
    if batch:
        yield batch


def behind(rows: Rows, among: QuerySet[Event]) -> list[Event | None]:
    """The record behind each row of PRESENT, found by place and time and proved by the pseudonym; None where it is not among these."""
    keys: dict[str, Day | None] = {}
    known: dict[tuple[str, int, str, int], Event] = {}
    for event in _around(rows, among):
        day = day_of(event.at)
        if day not in keys:
            keys[day] = _key(day)
        if key := keys[day]:
            known[(event.place, int(event.at.timestamp()), event.kind, key.pseudonym(subject(event)))] = event
    return [known.get((place, at_s, kind, pseudonym)) for _, place, at_s, kind, pseudonym, _ in rows]


def _around(rows: Rows, among: QuerySet[Event]) -> Iterator[Event]:
    spans: dict[tuple[str, int], list[int]] = defaultdict(list)
    for _, place, at_s, *_ in rows:
        spans[(place, at_s // 3600)].append(at_s)
    asked = [
        Q(place=place, at__gte=datetime.fromtimestamp(min(times), UTC), at__lt=datetime.fromtimestamp(max(times) + 1, UTC))
        for (place, _), times in sorted(spans.items())
    ]
    for start in range(0, len(asked), EVENTS_AT_ONCE):
        yield from among.filter(reduce(or_, asked[start : start + EVENTS_AT_ONCE])).defer("digest").iterator()


def entries() -> QuerySet[Event]:
    """The standing records that say who was where."""
    return standing(*said())
