"""What requests for help tell the board: numbers by village, never a name."""

from collections import Counter

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.care.kinds import HelpRequested
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.measures.helping.requests import Request, requests


def _requests(look: Look) -> list[Request]:
    def reckon() -> list[Request]:
        return requests(look.events(HelpRequested).defer("personal", "digest"), until=look.now, as_of=look.as_of)

    return look.once("help", reckon)  # type: ignore[no-any-return]


def _url(area: str, state: str) -> str:
    return f"{links.to('care.help', area=area)}?state={state}"


@watch(
    Rule(
        "care.late", 90, "bad", "care.view",
        Text("Requests for help past their time: {n}", "{n} 件求助逾期未办结"),
        Text("See the requests", "查看求助"),
        Text("Somebody asked for help and is still waiting.", "有人求助仍在等待。"),
    )
)  # fmt: skip
def late(look: Look) -> Watched:
    """Requests past their time, by village; where somebody waits longest first."""
    waiting = [each for each in _requests(look) if each.is_late(look.now, look.policy)]
    numbers = Counter(each.asked.area for each in waiting)
    names = Area.objects.names(numbers)
    since = {area: min(each.due(look.policy) for each in waiting if each.asked.area == area) for area in numbers}
    cases = [Case(names.get(area, area), area, since[area], number, url=_url(area, "late")) for area, number in numbers.items()]
    return Watched(sorted(cases, key=lambda case: (str(case.since), case.area)), _url(look.area.code, "late"))


@glance(79, "care.view")
def helped(look: Look) -> Glance | None:
    """How many requests stand where."""
    found, area = _requests(look), look.area.code
    if not found:
        return None
    waiting = [each for each in found if each.closed is None]
    late_ones = sum(each.is_late(look.now, look.policy) for each in found)
    tiles = [
        Tile(late_ones, Text("Late", "逾期"), _url(area, "late"), tone="bad" if late_ones else "good"),
        Tile(sum(not each.taken for each in waiting), Text("Nobody has taken it", "待认领"), _url(area, "open")),
        Tile(len(waiting), Text("Not closed", "未办结"), _url(area, "waiting")),
        Tile(len(found) - len(waiting), Text("Closed", "已办结"), _url(area, "closed"), tone="good"),
    ]
    return Glance(Text("Requests for help", "求助事项"), tiles, url=links.to("care.help", area=area))
