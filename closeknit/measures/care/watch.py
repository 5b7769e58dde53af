"""What care tells the board: numbers by village, never a name."""

from collections import Counter

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.care.people import Cared, people
from closeknit.measures.care.rules import cadence, is_missed
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch


def _people(look: Look) -> list[Cared]:
    return look.once("care", lambda: people(look.area.code, until=look.now, as_of=look.as_of))  # type: ignore[no-any-return]


def _missed(look: Look) -> list[Cared]:
    days = look.policy.get("care.visit_every_days")
    return [each for each in _people(look) if is_missed(each.last.at if each.last else None, cadence(each.tags, days), look.now)]


def _url(area: str) -> str:
    return f"{links.to('care.people', area=area)}?state=gap"


@watch(
    Rule(
        "care.missed", 250, "watch", "care.view",
        Text("People in need not seen in time: {n}", "{n} 名需关爱人员超期未探访"),
        Text("See who", "查看名单"),
        Text("They live alone or cannot move: nobody else may notice.", "独居或行动不便，出了事可能无人知晓。"),
    )
)  # fmt: skip
def missed(look: Look) -> Watched:
    """Seen longer ago than the pack says, in villages where somebody visits at all."""
    by_area = Counter(each.area for each in _missed(look) if each.last)
    names = Area.objects.names(by_area)
    cases = [Case(names.get(area, area), area, number=number, url=_url(area)) for area, number in sorted(by_area.items())]
    return Watched(sorted(cases, key=lambda case: -case.number), _url(look.area.code))


@glance(78, "care.view")
def cared_for(look: Look) -> Glance | None:
    """How many need help, and how many have waited too long."""
    if not _people(look):
        return None
    left, area = len(_missed(look)), look.area.code
    tiles = [
        Tile(left, Text("Not seen in time", "超期未探访"), _url(area), tone="watch" if left else "good"),
        Tile(len(_people(look)), Text("People who need help", "需关爱人员"), links.to("care.people", area=area)),
    ]
    return Glance(Text("Care", "关爱帮扶"), tiles, url=links.to("care.people", area=area))
