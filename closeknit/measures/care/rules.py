"""Decisions about care, from values alone: which tags somebody has, when the next visit is due."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from closeknit.measures.care.kinds import Tag
from closeknit.registry.kinds import Category

OF_ROSTER = {"living_alone": Tag.LIVING_ALONE, "immobile": Tag.IMMOBILE}
IN_WORDS = {  # what rosters write into the categories of key persons
    Tag.LIVING_ALONE: ("独居", "空巢"), Tag.IMMOBILE: ("行动不便", "卧床", "瘫", "失能"), Tag.DISABLED: ("残",),
    Tag.HOMELESS: ("流浪", "居无定所", "无家"), Tag.NO_PHONE: ("无手机", "无智能手机", "不会用手机"),
}  # fmt: skip


def roster_tags(tags: Iterable[str], category: str) -> set[str]:
    """The tags of care that follow from a register's marks and category."""
    marks = list(tags)
    found = {OF_ROSTER[mark].value for mark in marks if mark in OF_ROSTER}
    found |= {tag.value for tag, words in IN_WORDS.items() for mark in marks if any(word in mark for word in words)}
    return found | ({Tag.HOMELESS.value} if category == Category.NO_FIXED_HOME else set())


def cadence(tags: Iterable[str], days: Mapping[str, int]) -> int:
    """Every how many days somebody with these tags is visited: the shortest of them; 0 where the pack asks for none."""
    return min((int(days[tag]) for tag in tags if days.get(tag)), default=0)


def next_visit(last: datetime | None, every: int) -> datetime | None:
    """When the next visit is due; None: at once."""
    return last + timedelta(days=every) if last else None


def is_missed(last: datetime | None, every: int, at: datetime) -> bool:
    """Whether somebody who is visited every so many days has waited longer than that."""
    return bool(every) and (last is None or last + timedelta(days=every) < at)
