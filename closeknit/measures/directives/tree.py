"""The tree of receipts: the recipients below the areas that they lie in, through all hands that passed the directive on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timezone

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.measures.directives.standing import Directive, Owed


@dataclass(frozen=True)
class Node:
    """An area of the tree. owed: what it owes itself (None where only areas below it do); the numbers count it and all below it."""

    area: Area
    depth: int
    owed: Owed | None
    due: int
    read: int
    to_act: int
    acted: int

    @property
    def receipts(self) -> list[Event]:
        """What it has said, in order."""
        return self.owed.directive.receipts.get(self.area.code, []) if self.owed else []


def reached(root: Directive, every: list[Directive]) -> dict[str, Directive]:
    """The recipients of a directive and of those that pass it on, each with the one by which it was reached first."""
    children: dict[str, list[Directive]] = defaultdict(list)
    for each in every:
        if each.ended is None and each.event.data.get("passes_on"):
            children[each.event.data["passes_on"]].append(each)
    found: dict[str, Directive] = {}
    pending, seen = [root], {root.number}
    while pending:
        one = pending.pop(0)
        for code in one.to:
            found.setdefault(code, one)
        fresh = [child for child in children[one.number] if child.number not in seen]
        seen |= {child.number for child in fresh}
        pending += fresh
    return found


def tree(root: Directive, every: list[Directive], within: str, now: datetime, zone: timezone) -> list[Node]:
    """The recipients of an area and below it in the order of the areas, each below its parents; two statements."""
    hands = reached(root, every)
    rows = {row.code: row for row in Area.objects.below(within).filter(code__in=hands)}
    chains = {code: _chain(row, root.event.area, within) for code, row in rows.items()}
    rows |= {row.code: row for row in Area.objects.current().filter(code__in={code for chain in chains.values() for code in chain})}
    owing = {code: hands[code].owed_by(code, now, zone) for code in chains}
    below: dict[str, list[Owed]] = defaultdict(list)
    for code, chain in chains.items():
        for each in chain:
            below[each].append(owing[code])
    ordered = sorted((rows[code] for code in below), key=lambda row: row.path)
    top = min((row.path.count("/") for row in ordered), default=0)
    return [_node(row, row.path.count("/") - top, owing.get(row.code), below[row.code]) for row in ordered]


def _chain(row: Area, sender: str, within: str) -> list[str]:
    """The areas from right below the sender (or from the one looked at) down to this one."""
    codes = [code for code in row.path.split("/") if code]
    start = codes.index(sender) + 1 if sender in codes else 0
    return codes[max(start, codes.index(within)) :] if within in codes else codes[start:]


def _node(area: Area, depth: int, owed: Owed | None, below: list[Owed]) -> Node:
    to_act = [each for each in below if each.asks_action]
    acted = sum(each.state == "acted" for each in to_act)
    return Node(area, depth, owed, len(below), sum(each.is_read for each in below), len(to_act), acted)
