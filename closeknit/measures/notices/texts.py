"""The texts of notices, composed from the figures of a day. None of them names a person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.measures.library.kinds import About, in_force_about
from closeknit.measures.notices.kinds import Purpose
from closeknit.registry.reading.personal import place_words
from closeknit.reports import closing
from closeknit.reports.content import noted
from closeknit.reports.duty import owed
from closeknit.reports.forms.marks import Holding
from closeknit.reports.forms.values import Choice, Day, choices
from closeknit.reports.papers.plain import plain
from closeknit.reports.papers.wording import day_words, joined
from closeknit.reports.windows import window

MOST_NAMES = 60
LEFT = ".gap"
REMINDER = Text(
    "[{area}] Reminder: reports of {day} close at {cut_off}. Not confirmed yet ({n}): {names}. Please look at the figures and confirm; "
    "nothing to tell is a zero report.",
    "【{area}】提醒：{day}日报于{cut_off}截止，尚有{n}个单位待确认：{names}。请核对数据后确认；无新增也请确认零报告。",
)
ALL_IN = Text("[{area}] All reports of {day} are in. Thank you.", "【{area}】{day}日报已全部报送，感谢各单位。")
THANKS = Text(
    "[{area}] {day}: {n} units reported in time: {names}. Thank you for your work.",
    "【{area}】{day}日报按时报送{n}个单位：{names}。各位辛苦了！",
)
GAPS = Text("[{area}] {day}, {label}: {names}; {n} altogether. Please follow up.", "【{area}】{day}{label}：{names}，合计{n}。请抓紧落实。")
BUSINESS = Text("[{area}] {day}: {words}", "【{area}】{day}：{words}")
NO_GAPS = Text("[{area}] {day}, {label}: none. Thank you.", "【{area}】{day}{label}：已清零，感谢各单位。")


@dataclass(frozen=True)
class Draft:
    """A composed text, and the values that templates of SMS may take."""

    text: str
    values: dict[str, str | int] = field(default_factory=dict)


def composed(purpose: str, area: Area, day: date, figure: str = "") -> Draft:
    """The text of a purpose in the language that is active; for a purpose of one's own words none."""
    common: dict[str, str | int] = {"area": area.name, "day": day_words(day, short=True)}
    if purpose == Purpose.BULLETIN:
        report, _ = closing.report_of(area.code, day)
        return Draft(plain(noted(report, {})), common)
    if purpose == Purpose.GAPS:
        return _gaps(area, day, figure, common)
    if purpose == Purpose.BUSINESS:
        return _business(area, common)
    if purpose in (Purpose.REMINDER, Purpose.THANKS):
        return _reports(purpose, area, day, common)
    return Draft("", common)


def _reports(purpose: str, area: Area, day: date, common: dict[str, str | int]) -> Draft:
    frame = window(area.code, day)
    due = owed(area.code, frame.start, frame.end)
    wanted = "missing" if purpose == Purpose.REMINDER else "on_time"
    units = [each.unit for each in due if each.state == wanted]
    names = Area.objects.names(units)
    values = {
        **common, "n": len(units), "names": joined((names.get(unit, unit) for unit in units), most=MOST_NAMES),
        "cut_off": frame.end.strftime("%H:%M"),
    }  # fmt: skip
    pattern = THANKS if purpose == Purpose.THANKS else REMINDER if units else ALL_IN
    return Draft(str(pattern.format(**values)), values)


def _business(area: Area, common: dict[str, str | int]) -> Draft:
    """The approved text to businesses that holds here; without one no text."""
    version = in_force_about(area.code, About.BUSINESS)
    if version is None:
        return Draft("", common)
    said = version.written.data
    values = {**common, "words": said["words"], "text_id": said["text"], "version": version.number}
    return Draft(str(BUSINESS.format(**values)), values)


def _gaps(area: Area, day: date, name: str, common: dict[str, str | int]) -> Draft:
    chosen = next((each for each in left_figures(area.code, day) if each.name == name), None)
    if chosen is None:
        return Draft("", common)
    on = Day(area.code, day, "")
    counted = [(on.names[code], on.value(Holding("figure", name, code))) for code in on.below()]
    numbers = [(called, number) for called, number in counted if isinstance(number, int) and number]
    total = sum(number for _, number in numbers)
    values = {
        **common,
        "label": str(chosen.label),
        "n": total,
        "names": joined((f"{called}{number}" for called, number in numbers), most=MOST_NAMES),
    }
    return Draft(str((GAPS if total else NO_GAPS).format(**values)), values)


def left_figures(area: str, day: date) -> list[Choice]:
    """The figures that say what is left."""
    frame = window(area, day)
    return [each for each in choices(area, frame.start, frame.end) if each.name.endswith(LEFT)]


def vocabulary(area: str, day: date) -> Iterable[str]:
    """Words of our own that look like names and are none: areas, figures."""
    yield from place_words(area)
    frame = window(area, day)
    yield from (str(each.label) for each in choices(area, frame.start, frame.end))
