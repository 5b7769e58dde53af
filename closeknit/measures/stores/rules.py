"""What is wrong with a store's chiefs, from values alone."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from closeknit.measures.coldchain.kinds import Chief, has_three_chiefs, holders


@dataclass(frozen=True)
class Fault:
    """Why a store's chiefs do not hold: a role that nobody has, somebody who is no member, or who works in another town, one person in
    two roles."""

    why: Literal["missing", "stranger", "elsewhere", "shared"]
    role: str = ""
    member: str = ""


def faults(chiefs: list[list[str]], members: Iterable[str], elsewhere: Container[str] = ()) -> list[Fault]:
    """What is wrong, role by role; nothing where three different members hold the three roles. `elsewhere`: who works in another town."""
    known, held = set(members), holders(chiefs)
    found = [Fault("missing", role) for role, who in held.items() if not who - {""}]
    found += [Fault("stranger", role, member) for role, who in held.items() for member in sorted(who - known - {""})]
    found += [Fault("elsewhere", role, member) for role, who in held.items() for member in sorted(who) if member in elsewhere]
    shared = not any(each.why == "missing" for each in found) and not has_three_chiefs(chiefs)
    return [*found, *([Fault("shared")] if shared else [])]


def is_late(last: datetime | None, now: datetime, days: int) -> bool:
    """Whether a store was not checked within so many days."""
    return last is None or last < now - timedelta(days=days)


def the_same(by_role: dict[str, str]) -> str:
    """The first role whose member holds another one already; empty where all differ."""
    taken: set[str] = set()
    for role in (each.value for each in Chief):
        member = by_role.get(role, "")
        if member and member in taken:
            return role
        taken.add(member)
    return ""
