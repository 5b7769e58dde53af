"""Taking a sign-up: its orders become records of a round, each once however often the text is pasted; what changed since, corrections.

Nothing of the text is kept but the orders, and, encrypted, the lines that nobody could read for certain until somebody settles them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import QuerySet

from closeknit.access.models import Account
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.chains.kinds import Look, Reading
from closeknit.measures.supplies.kinds import Channel, Closings, LineParked, Ordered, Settled
from closeknit.registry.models import Household

OURS = uuid5(NAMESPACE_URL, "closeknit/orders")
CHANGED, WITHDRAWN, SETTLED = "chain changed", "withdrawn in the chain", "settled"
SAME_CHAIN = 0.5  # of the smaller one's orders stand in both: then it is the same chain, pasted again
_NUMBER = re.compile(r"^\s*\d{1,4}\s*[.、)]\s*")
Key = tuple[str, str]  # household, pack


@dataclass
class Held:
    """What is ordered by chains in one round of a village, by chain, household and pack; how often anything was, standing or not; and the
    households of which a person has settled a line."""

    orders: dict[str, dict[Key, list[Event]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    ever: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    by_hand: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, village: str, day: str, closings: Closings) -> "Held":
        """Read from the ledger, two statements."""
        lines = in_area(standing(LineParked), village).filter(data__day=day, data__settled=Settled.RECORDED.value)
        held = cls(by_hand=set(lines.values_list("household", flat=True)))
        events = in_area(Event.objects.filter(kind__in=names(Ordered), data__channel=Channel.CHAT.value), village)
        for event in events.defer("personal", "digest").order_by("at", "id"):
            if closings.day(event.area, event.at).isoformat() != day:
                continue
            chain, key = event.data.get("chain", ""), (event.household, event.data["pack"])
            held.ever[(chain, *key)] += event.corrects is None
            if event.superseded_at is None and event.household:
                held.orders[chain][key].append(event)
        return held

    def chain(self, orders: Mapping[str, Mapping[str, int]]) -> str:
        """The chain that a text continues: the one that shares its orders; else a new number."""
        asked = {(household, pack) for household, packs in orders.items() for pack in packs}
        best = max(self.orders, key=lambda chain: len(asked & self.orders[chain].keys()), default="")
        shared = len(asked & self.orders[best].keys()) if self.orders else 0
        if shared and shared >= SAME_CHAIN * min(len(asked), len(self.orders[best])):
            return best
        return str(max((int(chain) for chain in self.orders if chain.isdigit()), default=0) + 1)

    def quantities(self, chain: str) -> dict[Key, int]:
        """What stands in a chain."""
        return {key: sum(event.data["quantity"] for event in events) for key, events in self.orders[chain].items()}


@dataclass(frozen=True)
class Change:
    """What taking a text would do to one household's pack: from how many to how many."""

    household: str
    pack: str
    before: int
    after: int


def changes(held: Held, chain: str, reading: Reading) -> list[Change]:
    """What differs between a text and what was taken of it before. Households that the text no longer holds, and those of which a
    person has settled a line of this round, are left as they are."""
    stands = held.quantities(chain)
    told = {(household, pack): quantity for household, packs in reading.orders.items() for pack, quantity in packs.items()}
    spoken_of = reading.orders.keys() | reading.withdrawn
    gone = {key: 0 for key in stands if key[0] in spoken_of and key not in told}
    wanted = sorted({**gone, **told}.items())
    return [Change(*key, stands.get(key, 0), after) for key, after in wanted if stands.get(key, 0) != after and key[0] not in held.by_hand]


def missing(held: Held, chain: str, reading: Reading) -> set[str]:
    """The households whose orders of this chain the text no longer holds."""
    return {household for household, _ in held.quantities(chain)} - reading.orders.keys() - reading.withdrawn


def entries(held: Held, chain: str, made: Iterable[Change], *, at: datetime, areas: Mapping[str, str], day: str) -> list[Entry]:
    """The records that make the changes. The ids follow from the round, the household and the pack: the same change again is the same."""
    entered: list[Entry] = []
    for change in made:
        key = (change.household, change.pack)
        standing = held.orders[chain].get(key, [])
        number = held.ever[(chain, *key)]
        area = areas[change.household]
        said = {"pack": change.pack, "quantity": change.after, "channel": Channel.CHAT.value, "chain": chain}
        who = {"household": change.household}
        if not standing:
            entered.append(Entry(uuid5(OURS, f"{day}|{chain}|{'|'.join(key)}|{number}"), "supplies.ordered", area, said, who, at))
            continue
        first, *others = standing
        if change.after:
            right = {**first.data, **said, "reason": CHANGED}
            entered.append(Entry(uuid5(first.id, str(change.after)), "supplies.ordered", first.area, right, who, first.at, first.id))
        for event in others if change.after else standing:
            void = {"reason": WITHDRAWN}
            entered.append(Entry(uuid5(event.id, WITHDRAWN), "ledger.voided", event.area, void, {}, None, event.id))
    return entered


def parked(village: str, day: str, looks: Iterable[Look], lines: Mapping[int, str]) -> list[Entry]:
    """The records of the lines that wait for a person; a line that was settled once does not come back."""
    made: dict[UUID, Entry] = {}
    for look in looks:
        number = uuid5(OURS, f"{village}|{day}|{_NUMBER.sub('', look.line.text)}|{look.why}")
        said = {"line": lines[look.line.number][:500], "why": look.why.value, "day": day}
        made[number] = Entry(number, "supplies.line_parked", village, said)
    known = set(Event.objects.filter(id__in=made).values_list("id", flat=True))
    return [entry for number, entry in made.items() if number not in known]


def areas_of(households: Iterable[str]) -> dict[str, str]:
    """Where households lie."""
    return dict(Household.objects.current().filter(code__in=set(households)).values_list("code", "area"))


def write(account: Account, made: list[Entry]) -> list[Invalid]:
    """Records it all; the reasons of what could not be recorded. None stops another."""
    outcomes = save_many(account, made, by=author(account)) if made else []
    return [outcome for outcome in outcomes if isinstance(outcome, Invalid)]


def waiting() -> QuerySet[Event]:
    """The lines that wait for a person."""
    return standing(LineParked).filter(data__settled__isnull=True)


def settled(line: Event, how: Settled, household: str = "") -> Entry:
    """The record by which a line waits no longer."""
    said = {**line.told(), "settled": how.value, "reason": SETTLED}
    return Entry(uuid5(line.id, SETTLED), "supplies.line_parked", line.area, said, {"household": household}, line.at, line.id)
