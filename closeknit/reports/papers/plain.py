"""The bulletin as a short plain text, to paste into a chat group: at most 12 lines and 2,048 bytes."""

from closeknit.kit.text import Text
from closeknit.reports.content import Report
from closeknit.reports.papers.wording import day_words, figures_words, joined, notes, state_words, title, told_parts

MOST_LINES = 12
MOST_BYTES = 2_048
FIGURES_A_LINE = 5
MOST_NOTES, MOST_CHARACTERS = 3, 40
MANY = 1_000


def plain(report: Report) -> str:
    """The text in the language that is active, cut to fit: fewer names first, then fewer sections."""
    for most_names in (MANY, 20, 10, 5, 3):
        text = _text(report, most_names=most_names, most_parts=MANY)
        if _fits(text):
            return text
    for most_parts in range(len(told_parts(report)), -1, -1):
        text = _text(report, most_names=3, most_parts=most_parts)
        if _fits(text):
            break
    return text


def _fits(text: str) -> bool:
    return len(text.encode()) <= MOST_BYTES


def _text(report: Report, *, most_names: int, most_parts: int) -> str:
    day, time = day_words(report.day, short=True), report.reaches.strftime("%H:%M")
    head = Text("[{title}] {day}, up to {time}", "【{title}】{day}，截至{time}", title=title(report), day=day, time=time)
    foot = _foot(report, most_names)
    room = min(MOST_LINES - 1 - len(foot), most_parts)
    body = [f"{part.title}{Text(': ', '：')}{figures_words(part.figures[:FIGURES_A_LINE])}" for part in told_parts(report)[:room]]
    return "\n".join([str(head), *body, *foot])


def _foot(report: Report, most_names: int) -> list[str]:
    lines: list[str] = []
    if report.units:
        on_time = len(report.of_state("on_time"))
        lines.append(str(Text("Reports: {due} due, {n} on time", "日报：应报{due}，按时{n}", due=len(report.units), n=on_time)))
    for state in ("missing", "late", "late_received"):
        units = report.of_state(state)
        if units:
            names = joined((unit.name for unit in units), most=most_names) if report.names_late_units or state == "late_received" else ""
            said = state_words(state, report)
            lines.append(str(Text("{state} ({n}): {names}", "{state}（{n}）：{names}", state=said, n=len(units), names=names)))
    if report.late and (report.late.units or report.late.reports):
        lines.append(_late(report))
    if report.declared:
        lines.append(str(Text("Declared apart by {n} unit{n:s}, not added", "另有{n}个单位申报数据，未计入", n=len(report.declared))))
    return lines + _notes(report)


def _notes(report: Report) -> list[str]:
    """The first notes, each cut to a line; the bulletin has them whole."""
    found = notes(report)
    lines = [str(Text("{unit}: {note}", "{unit}：{note}", unit=unit, note=_cut(note))) for unit, note in found[:MOST_NOTES]]
    more = len(found) - len(lines)
    return [*lines, *([str(Text("Further notes in the bulletin: {n}", "另有{n}条说明见通报", n=more))] if more else [])]


def _cut(note: str) -> str:
    return note if len(note) <= MOST_CHARACTERS else f"{note[:MOST_CHARACTERS]}…"


def _late(report: Report) -> str:
    assert report.late is not None
    day, records = day_words(report.late.day, short=True), sum(unit.records for unit in report.late.units)
    valley = [unit.name for unit in report.late.reports if unit.state == "late_received"]
    text = Text("Late records of {day}: {n}", "{day}补录记录{n}条", day=day, n=records)
    if not valley:
        return str(text)
    return str(
        Text(
            "{text}; confirmed in time, received later: {names}",
            "{text}；按时确认、网络晚到：{names}",
            text=text,
            names=joined(valley, most=3),
        )
    )
