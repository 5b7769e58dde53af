"""The wording of a bulletin, from a report's stored content alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from closeknit.kit.text import Text
from closeknit.reports.content import Part, Report, Shown, Unit
from closeknit.reports.duty import MISSING, unreported

NUMERALS = "一二三四五六七八九十"
SMALL = ("village", "grid")
STATES = {
    "on_time": Text("On time", "按时"),
    "late": Text("Late", "迟报"),
    "late_received": Text("Confirmed in time, received later", "按时确认、网络晚到"),
    "missing": MISSING,
}
CHANNELS = {
    "phone": Text("by telephone", "电话"),
    "paper": Text("on paper", "纸质"),
    "chat": Text("by chat", "微信"),
    "app": Text("on the screen", "系统"),
}


@dataclass(frozen=True)
class Block:
    """A piece of the body: a heading, or a paragraph with a lead (its own small heading) before it."""

    text: str
    lead: str = ""
    is_heading: bool = False


@dataclass(frozen=True)
class Paper:
    """A bulletin, worded in one language."""

    title: str
    period: str
    addressee: str
    blocks: Sequence[Block]
    signed: str
    dated: str


def chinese() -> bool:
    """Whether the words are Chinese."""
    return (get_language() or "zh").startswith("zh")


def title(report: Report) -> str:
    """The bulletin's title: of a village it is a daily report, from a town upwards a bulletin."""
    if report.level in SMALL:
        return str(Text("{area}: daily report, {what}", "{area}{what}防控工作日报", area=report.area_name, what=report.disease))
    return str(Text("{area}: daily bulletin, {what}", "{area}{what}防控工作日通报", area=report.area_name, what=report.disease))


def day_words(day: date, *, short: bool = False) -> str:
    """The day as people write it; short without the year."""
    if not chinese():
        return f"{day.day} {day:%B}" if short else f"{day.day} {day:%B} {day.year}"
    return f"{day.month}月{day.day}日" if short else f"{day.year}年{day.month}月{day.day}日"


def moment_words(moment: datetime) -> str:
    """A moment as a bulletin writes it: 2022年3月18日17时."""
    if not chinese():
        return f"{moment:%H:%M}, {day_words(moment.date())}"
    minutes = f"{moment.minute}分" if moment.minute else ""
    return f"{day_words(moment.date())}{moment.hour}时{minutes}"


def joined(words: Iterable[object], *, most: int | None = None) -> str:
    """Names in a row; of more than `most` the first, and how many there are."""
    names = [str(word) for word in words]
    row = ("、" if chinese() else ", ").join(names[:most])
    if most is not None and len(names) > most:
        return row + str(Text(" and {n} more", "等{n}个", n=len(names) if chinese() else len(names) - most))
    return row


def figures_words(figures: Iterable[Shown]) -> str:
    """Figures in a row: label and number, or the names."""
    between, colon = ("，", "") if chinese() else (", ", " ")
    return between.join(f"{one.label}{colon}{joined(one.names) if one.names else one.number}" for one in figures)


def paper(report: Report) -> Paper:
    """The bulletin in the language that is active."""
    chapters = [
        (Text("Reporting", "报送情况"), _reporting(report)),
        (Text("Notes of the units", "各单位说明"), [Block(note, lead=unit) for unit, note in notes(report)]),
        (Text("Progress", "工作进展"), _progress(report)),
        (Text("What came in late", "补录情况"), _late(report)),
        (Text("Declared totals (not added to the figures above)", "申报数据（另列，未计入以上数据）"), _declared(report)),
    ]
    blocks: list[Block] = []
    for heading, paragraphs in chapters:
        if paragraphs:
            number = len([block for block in blocks if block.is_heading])
            blocks.append(Block(f"{NUMERALS[number]}、{heading}" if chinese() else f"{number + 1}. {heading}", is_heading=True))
            blocks.extend(paragraphs)
    opening = Text("The work up to {time} is reported as follows.", "现将截至{time}的工作情况通报如下。", time=moment_words(report.reaches))
    to = "" if report.level in SMALL else str(Text("To all units:", "各单位："))
    period = Text("(up to {time})", "（截至{time}）", time=moment_words(report.reaches))
    return Paper(title(report), str(period), to, [Block(str(opening)), *blocks], report.area_name, day_words(report.ends_at.date()))


def state_words(state: str, report: Report) -> Text:
    """A state of the report's own units; while it keeps up with the records nobody is missing yet."""
    return unreported(closed=report.as_of is not None) if state == "missing" else STATES[state]


def _reporting(report: Report) -> list[Block]:
    if not report.units or report.level in SMALL:
        return [Block(str(state_words(unit.state, report))) for unit in report.units]
    due, on_time = len(report.units), len(report.of_state("on_time"))
    counts = Text("Reports due: {due}; in time: {n}.", "应报单位{due}个，按时报送{n}个。", due=due, n=on_time)
    return [Block(str(counts)), *(block for state in ("missing", "late", "late_received") for block in _of_state(report, state))]


def _of_state(report: Report, state: str) -> list[Block]:
    units = report.of_state(state)
    if not units:
        return []
    return [
        Block(_names(units, named=report.names_late_units or state == "late_received"), lead=f"{state_words(state, report)}{_note(state)}")
    ]


def _note(state: str) -> str:
    return str(Text(" (not late)", "（不作迟报）")) if state == "late_received" else ""


def _names(units: Sequence[Unit], *, named: bool) -> str:
    if not named:
        return str(Text("{n} unit{n:s}.", "{n}个单位。", n=len(units)))
    return str(Text("{names} ({n}).", "{names}（共{n}个）。", names=joined(unit.name for unit in units), n=len(units)))


def notes(report: Report) -> list[tuple[str, str]]:
    """What units wrote beside their confirmations, by their names, with the day where it is an earlier one. Of late units none where
    they are not named."""
    late = report.late
    every = [(unit, unit.name) for unit in report.units]
    if late:
        day = day_words(late.day, short=True)
        every += [(unit, str(Text("{name} ({day})", "{name}（{day}）", name=unit.name, day=day))) for unit in late.reports]
    return [(name, unit.note) for unit, name in every if unit.note and (report.names_late_units or unit.state != "late")]


def told_parts(report: Report) -> list[Part]:
    """The sections of work that have something to tell."""
    return [part for part in report.parts if part.name != "reports" and not part.is_zero]


def _progress(report: Report) -> list[Block]:
    blocks = [Block(f"{figures_words(part.figures)}{'。' if chinese() else '.'}", lead=str(part.title)) for part in told_parts(report)]
    zero = [part.title for part in report.parts if part.name != "reports" and part.is_zero]
    if zero:
        blocks.append(Block(str(Text("Zero in all else: {names}.", "其余各项为零报告：{names}。", names=joined(zero)))))
    return blocks


def _late(report: Report) -> list[Block]:
    late = report.late
    if late is None:
        return []
    day, blocks = day_words(late.day, short=True), []
    for state in ("late", "late_received", "missing"):
        units = [unit for unit in late.reports if unit.state == state]
        if units:
            named = report.names_late_units or state == "late_received"
            lead = Text("Reports of {day}: {state}", "{day}日报，{state}", day=day, state=STATES[state])
            blocks.append(Block(_names(units, named=named), lead=f"{lead}{_note(state)}"))
    if late.units:
        counts = joined(str(Text("{name} {n}", "{name}{n}条", name=unit.name, n=unit.records)) for unit in late.units)
        lead = Text("Records received after the report of {day} was sealed", "{day}通报封存后补录的记录", day=day)
        blocks.append(Block(str(Text("{counts}.", "{counts}。", counts=counts)), lead=str(lead)))
    if late.figures:
        moved = joined(f"{one.label} {one.was}→{one.now}" for one in late.figures)
        lead = Text("With them the figures of {day} are now", "据此{day}数据更新为", day=day)
        blocks.append(Block(str(Text("{moved}.", "{moved}。", moved=moved)), lead=str(lead)))
    return blocks


def _declared(report: Report) -> list[Block]:
    blocks = []
    for totals in report.declared:
        rows = joined(
            str(Text("{label}: declared {n}, recorded {m}", "{label}申报{n}、记录{m}", label=one.label, n=one.declared, m=one.recorded))
            for one in totals.figures
        )
        lead = Text("{name} ({channel})", "{name}（{channel}）", name=totals.name, channel=CHANNELS[totals.channel])
        blocks.append(Block(f"{rows}{'。' if chinese() else '.'}", lead=str(lead)))
    return blocks
