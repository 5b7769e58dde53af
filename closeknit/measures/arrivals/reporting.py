"""The reports of the day on the board."""

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.arrivals.rules import missing, near
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.reports.duty import MISSING, NOT_YET, Owed, owed

STATES = {
    "missing": (MISSING, "bad"),
    "late": (Text("Late", "迟报"), "watch"),
    "late_received": (Text("In time, received later", "按时确认、晚到"), "info"),
    "on_time": (Text("On time", "按时"), "good"),
}


def _owed(look: Look) -> list[Owed]:
    """The reports whose cut-off was in the last 24 hours or is next."""
    day = look.hours("command.reports_h")
    return list(look.once("owed", lambda: owed(look.area.code, look.now - day, look.now + day, look.as_of)))


def _watched(look: Look, late: list[Owed]) -> Watched:
    names = Area.objects.names({each.unit for each in late})
    cases = [Case(names.get(each.unit, each.unit), each.unit, each.cut_off, url=_day(each)) for each in late]
    latest = max(late, key=lambda each: each.day, default=None)
    return Watched(cases, _day(latest, look.area.code) if latest else "")


def _day(each: Owed, area: str = "") -> str:
    return f"{links.to('daily.day', area=area or each.unit)}?day={each.day.isoformat()}"


@watch(
    Rule(
        "reports.missing", 20, "bad", "reports.view",
        Text("Reports missing after the cut-off: {n}", "{n} 个单位超时未报"),
        Text("By telephone", "电话确认"),
        Text("The town's bulletin waits for them.", "影响全镇日通报。"),
    )
)  # fmt: skip
def late(look: Look) -> Watched:
    """Reports missing after their cut-off."""
    return _watched(look, [each for each in _owed(look) if missing(each.cut_off, each.state, look.now)])


@watch(
    Rule(
        "reports.unconfirmed", 100, "watch", "reports.view",
        Text("Cut-off near, reports not yet in: {n}", "临近截止，{n} 个单位待报"),
        Text("Who has reported", "查看报送"),
        Text("There is still time: a call now prevents a missing report.", "尚有时间，提醒一声即可避免漏报。"),
    )
)  # fmt: skip
def unconfirmed(look: Look) -> Watched:
    """Reports not confirmed although their cut-off is near."""
    before = look.hours("command.confirm_before_h")
    return _watched(look, [each for each in _owed(look) if near(each.cut_off, each.state, look.now, before)])


@glance(80, "reports.view")
def reports(look: Look) -> Glance | None:
    """The reports of the day: the one whose cut-off is near or passed last."""
    every = _owed(look)
    if not every:
        return None
    closed = [each.day for each in every if each.cut_off <= look.now]
    day = min((each.day for each in every if each.cut_off > look.now), default=None) or max(closed)
    todays = [each for each in every if each.day == day]
    url = f"{links.to('daily.day', area=look.area.code)}?day={day.isoformat()}"
    numbers = {state: sum(1 for each in todays if each.state == state) for state in STATES}
    words = STATES if day in closed else {**STATES, "missing": (NOT_YET, "quiet")}
    tiles = [Tile(numbers[state], word, url, tone=tone if numbers[state] else "quiet") for state, (word, tone) in words.items()]
    note = Text("{day}, cut-off {time}", "{day} {time} 截止", day=day.isoformat(), time=todays[0].cut_off.strftime("%H:%M"))
    return Glance(Text("Reports of the day", "每日报送"), tiles, note, url)
