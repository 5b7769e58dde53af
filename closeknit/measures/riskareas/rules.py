"""Reading lines of risk areas as somebody pastes them, from values alone."""

import re
from datetime import date

from closeknit.kit.folding import fold
from closeknit.kit.text import Refusal, Text
from closeknit.registry.roster.person import day

LEVELS = {
    "high": ("高", "高风险", "高风险区", "high"),
    "medium": ("中", "中风险", "中风险区", "medium"),
    "low": ("低", "低风险", "低风险区", "low"),
}
_BETWEEN = re.compile(r"[\t,，;；|]+|\s{2,}|(?<=\S) (?=\S)")
MISSING = Text("Line {n}: write the area, its class and the day from which it holds.", "第 {n} 行：应写明地区、风险等级、起始日期。")
NO_DAY = Text("Line {n}: “{word}” is no day. Write it as 2022-03-14.", "第 {n} 行：“{word}”不是日期，请写作 2022-03-14。")
BACKWARDS = Text("Line {n}: it ends before it begins.", "第 {n} 行：截止日期早于起始日期。")


class Unreadable(Refusal):
    """A line that cannot be read; `text` says which, and what is allowed."""


def lines(pasted: str, today: date) -> list[dict[str, str]]:
    """The entries of pasted lines: area, class, from (left out: today), to (may be left out), in this order. Raises Unreadable."""
    return [_entry(number, line, today) for number, line in enumerate(pasted.splitlines(), 1) if line.strip()]


def _entry(number: int, line: str, today: date) -> dict[str, str]:
    words = [word.strip() for word in _BETWEEN.split(line.strip()) if word.strip()]
    levels = [level for level, said in LEVELS.items() if len(words) > 1 and fold(words[1]) in said]
    if not levels or len(words) > 4:
        raise Unreadable(MISSING.format(n=number))
    days = []
    for word in words[2:]:
        found = day(word)
        if found is None:
            raise Unreadable(NO_DAY.format(n=number, word=word[:20]))
        days.append(found)
    days = days or [today]
    if len(days) == 2 and days[1] < days[0]:
        raise Unreadable(BACKWARDS.format(n=number))
    entry = {"where": words[0], "level": levels[0], "from": days[0].isoformat()}
    return {**entry, "until": days[1].isoformat()} if len(days) == 2 else entry
