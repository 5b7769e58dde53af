"""What the screens of phones say of times, clocks and numbers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from closeknit.kit.text import Text

PHONES = Text("Phones", "手机管理")
NEVER = Text("never", "从未")
CLOCK_RIGHT_S = 120
SILENT_AFTER = timedelta(days=1)


def ago(moment: datetime | None, now: datetime) -> Text:
    """How long ago, in words."""
    if moment is None:
        return NEVER
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 2:
        return Text("just now", "刚刚")
    if minutes < 120:
        return Text("{n} minutes ago", "{n} 分钟前", n=minutes)
    if minutes < 48 * 60:
        return Text("{n} hours ago", "{n} 小时前", n=minutes // 60)
    return Text("{n} days ago", "{n} 天前", n=minutes // 1440)


def clock_words(error_s: float | None) -> Text | None:
    """How a phone's clock goes; `error_s` is what has to be added to it. None where it never said."""
    if error_s is None:
        return None
    if abs(error_s) <= CLOCK_RIGHT_S:
        return Text("right", "准确")
    minutes = round(abs(error_s) / 60)
    if minutes < 120:
        return Text("{n} minutes slow", "慢 {n} 分钟", n=minutes) if error_s > 0 else Text("{n} minutes fast", "快 {n} 分钟", n=minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return Text("{n} hours slow", "慢 {n} 小时", n=hours) if error_s > 0 else Text("{n} hours fast", "快 {n} 小时", n=hours)
    days = round(hours / 24)
    return Text("{n} days slow", "慢 {n} 天", n=days) if error_s > 0 else Text("{n} days fast", "快 {n} 天", n=days)


def ranges(numbers: Sequence[int]) -> str:
    """Numbers as people write them: 3, 7–9."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and parts[-1][-1] == number - 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(str, part)) for part in parts)
