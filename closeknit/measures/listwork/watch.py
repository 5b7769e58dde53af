"""What the lists tell the board."""

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.measures.lists.kinds import OPEN, READS, Item, Standing, standing_of


def _open(look: Look) -> list[Item | Standing]:
    """The open items of the area: from the projection, as at an earlier time from the records."""
    return look.once("list items", lambda: _known(look) if look.as_of else _now(look))  # type: ignore[no-any-return]


def _now(look: Look) -> list[Item]:
    return list(Item.objects.filter(area__in=Area.objects.below(look.area.code).values("code"), state__in=OPEN, pushed_at__lt=look.now))


def _known(look: Look) -> list[Standing]:
    topics = set(look.events(*READS).exclude(topic="").values_list("topic", flat=True))
    steps = standing(*READS, as_of=look.as_of).filter(at__lt=look.now, topic__in=topics).defer("personal", "digest")
    below = set(Area.objects.below(look.area.code, look.as_of).values_list("code", flat=True))
    found = (standing_of(topic, each) for topic, each in grouped(list(steps), "topic").items())
    return [each for each in found if each and each.is_open and each.area in below]


@watch(
    Rule(
        "lists.overdue", 120, "watch", "lists.view",
        Text("List items overdue: {n}", "{n} 条推送名单超时未核查"),
        Text("By village", "按村查看"),
        Text("Somebody above waits for each of them.", "上级逐条等待反馈。"),
    )
)  # fmt: skip
def overdue(look: Look) -> Watched:
    """Villages with items past their deadline, the most first."""
    by_area: dict[str, list[Item | Standing]] = {}
    for each in _open(look):
        if each.deadline is not None and each.deadline <= look.now:
            by_area.setdefault(each.area, []).append(each)
    names = Area.objects.names(by_area)
    cases = [
        Case(names.get(code, code), code, min(each.deadline for each in late if each.deadline), len(late), url=_listed(code, "late"))
        for code, late in by_area.items()
    ]
    return Watched(sorted(cases, key=lambda case: (-case.number, case.area)), links.to("lists.day", area=look.area.code))


@watch(
    Rule(
        "lists.undecided", 130, "watch", "lists.manage",
        Text("List items that may be somebody of the register: {n}", "{n} 条推送名单待人工比对"),
        Text("Compare", "去比对"),
        Text("Nobody can go before it is known who is meant.", "未明确何人，村里无法核查。"),
    )
)  # fmt: skip
def undecided(look: Look) -> Watched:
    """Items that wait for a person to say who they mean."""
    waiting = [each for each in _open(look) if each.how == "doubtful"]
    url = links.to("lists.pairs", area=look.area.code)
    first = min((each.pushed_at for each in waiting), default=None)
    return Watched([Case(look.area.name, look.area.code, first, len(waiting), url=url)] if waiting else [], url)


def _listed(area: str, state: str) -> str:
    return f"{links.to('lists.items', area=area)}?state={state}"


@glance(44, "lists.view")
def listed(look: Look) -> Glance | None:
    """How many items are open, and how many late."""
    rows, area = _open(look), look.area.code
    pushed = look.evidence("lists.pushed", look.midnight)
    if not rows:
        return None
    late = sum(1 for each in rows if each.deadline is not None and each.deadline <= look.now)
    tiles = [
        Tile(len(rows), Text("Open items", "未办结条目"), _listed(area, "standing"), tone="watch"),
        Tile(late, Text("Overdue", "超时"), _listed(area, "late"), tone="bad" if late else "good"),
        Tile(sum(1 for each in rows if each.pushed_at >= look.midnight), Text("Pushed today, open", "今日推送未办结"), pushed),
    ]
    return Glance(Text("Pushed lists", "推送名单"), tiles, url=links.to("lists.day", area=area))
