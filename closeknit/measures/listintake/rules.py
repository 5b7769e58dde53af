"""Decisions about the rows of pushed lists, from values alone."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone

from closeknit.kit.folding import fold
from closeknit.kit.text import Text
from closeknit.policy.packs import Policy
from closeknit.registry.roster.workbooks import serial_date

REASONS: dict[str, tuple[Text, Text]] = {
    "no_person": (
        Text("Nobody is named", "未写明何人"),
        Text("Write the name, the ID number or the telephone, and bring the file again.", "请补填姓名、证件号码或电话后重新导入。"),
    ),
    "real_id": (
        Text("ID of a real person", "疑似真实证件号码"),
        Text("This installation takes only made-up persons (IDs that begin with 99).", "本系统当前只接收虚构人员（证件号码以99开头）。"),
    ),
    "too_old": (
        Text("Outside the look-back", "超出回溯期"),
        Text("This sort of list looks back fewer days. Correct the time, or leave the row out.",
             "出现时间早于该类名单的回溯天数，请核对时间或删去本行。"),
    ),
    "bad_time": (
        Text("The time cannot be read", "时间无法识别"),
        Text("Write it as 2022-03-19 18:00 and bring the file again.", "请改为“2022-03-19 18:00”的写法后重新导入。"),
    ),
    "refused": (
        Text("Refused by the ledger", "未通过校验"),
        Text("A cell is too long or holds a character that is none. Correct it and bring the file again.",
             "单元格过长或含有无效字符，请改正后重新导入。"),
    ),
}  # fmt: skip
_WRITTEN = re.compile(
    r"(?:(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2}))?[T ]*"
    r"(?:(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::\d{1,2}(?:\.\d+)?)?)?"
)
_LEFT_OUT = re.compile("今日|今天|当日|以?前|之前")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")


def written_time(text: str, today: date) -> tuple[date, time | None] | None:
    """The day, and the hour where there is one, that a cell tells: `2022/3/19 18:00`, `3月19日18时前`, `18:00` (today), a spreadsheet's
    number of days. None for what is none."""
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text)).strip()
    if _SERIAL.fullmatch(plain) and (day := serial_date(float(plain))):
        minutes = round((float(plain) % 1) * 1440)
        return day, time(minutes // 60 % 24, minutes % 60) if minutes else None
    found = _WRITTEN.fullmatch(plain)
    if not plain or not found:
        return None
    year, month, day_of, *compact, hour, minute = found.groups()
    try:
        if month or compact[0]:
            parts = (year or today.year, month, day_of) if month else compact
            day = date(*(int(each) for each in parts))
        else:
            day = today
        if hour == "24" and not int(minute or 0):
            return day + timedelta(days=1), time()
        return day, time(int(hour), int(minute or 0)) if hour else None
    except ValueError:
        return None


def moment(text: str, today: date, zone: timezone) -> datetime | None:
    """The deadline that a cell tells; a bare day lasts to its end."""
    said = written_time(text, today)
    if said is None:
        return None
    day, hour = said
    return datetime.combine(day, hour, zone) if hour is not None else datetime.combine(day + timedelta(days=1), time(), zone)


def read_colour(written: str, table: Mapping[str, Sequence[str]]) -> str:
    """LST-07: the canonical colour that a word of the pack's table means; empty where it means none of them, or more than one."""
    word = fold(written)
    meant = {colour for colour, words in table.items() if word in {fold(each) for each in words}}
    return meant.pop() if len(meant) == 1 else ""


def reaches_back(source: str, pack: Policy) -> int | None:
    """For how many days a sort of list looks back; None where it does not ask when somebody was seen."""
    name = pack.get(f"lists.sources.{source}.lookback")
    return int(pack.get(f"lookback_days.{name}")) if name else None


def usual_deadline(source: str, now: datetime, pack: Policy) -> datetime:
    """By when the items of a list are to be verified where the list does not say, on the full minute."""
    hours = pack.get(f"lists.sources.{source}.deadline_h") or pack.get("lists.deadline_h")
    return (now + timedelta(hours=float(hours))).replace(second=0, microsecond=0)
