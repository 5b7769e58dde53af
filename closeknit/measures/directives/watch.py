"""What directives tell the board: who has not read one in time, who has not carried one out."""

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.directives.standing import Owed, concerning, owed


def _owed(look: Look) -> list[Owed]:
    """What the areas of the board owe of the directives in force."""

    def reckon() -> list[Owed]:
        within = set(Area.objects.below(look.area.code, look.as_of).values_list("code", flat=True))
        every = concerning(look.area.code, until=look.now, as_of=look.as_of)
        return list(owed(every, within, look.now, look.policy.timezone))

    return look.once("directives", reckon)  # type: ignore[no-any-return]


def _watched(look: Look, late: list[Owed], by: str) -> Watched:
    zone = look.policy.timezone
    names = Area.objects.names({each.recipient for each in late})

    def case(each: Owed) -> Case:
        since = each.directive.read_by(zone) if by == "read" else each.directive.act_by(zone)
        url = links.to("directives.directive", area=each.recipient, number=each.directive.number)
        return Case(names.get(each.recipient, each.recipient), each.recipient, since, url=url, note=each.directive.event.data["title"][:40])

    cases = sorted(map(case, late), key=lambda one: (one.since or look.now, one.area, one.url))
    return Watched(cases, f"{links.to('directives.list', area=look.area.code)}?state=late")


@watch(
    Rule(
        "directives.unread", 92, "watch", "directives.view",
        Text("Directives not read in time: {n}", "{n} 个单位逾期未阅指令"),
        Text("See who", "去催阅"),
        Text("Who has not read it does not do it. Call them, and note that they were told.", "未阅知即无从落实。请电话传达并登记。"),
    )
)  # fmt: skip
def unread(look: Look) -> Watched:
    """Recipients who have not read a directive by its time."""
    return _watched(look, [each for each in _owed(look) if each.state == "late"], "read")


@watch(
    Rule(
        "directives.act_late", 94, "watch", "directives.view",
        Text("Directives not carried out in time: {n}", "{n} 个单位逾期未落实指令"),
        Text("Follow up", "去督办"),
        Text("Read, and the time to carry it out is over.", "已过落实时限，尚未反馈落实。"),
    )
)  # fmt: skip
def act_late(look: Look) -> Watched:
    """Recipients who have read a directive and not carried it out by its time."""
    return _watched(look, [each for each in _owed(look) if each.state == "act_late"], "act")


@watch(
    Rule(
        "directives.odd", 95, "watch", "directives.manage",
        Text("Receipts of directives to look at: {n}", "{n} 条指令回执待核实"),
        Text("See which", "去核实"),
        Text("From an area to which it does not go, or from before it was issued.", "回执单位不在下发范围，或回执早于下发。"),
    )
)  # fmt: skip
def odd(look: Look) -> Watched:
    """Receipts, of directives that the board's area or one below it has issued, that do not fit what was issued."""
    below = set(Area.objects.below(look.area.code, look.as_of).values_list("code", flat=True))
    sent = [each for each in concerning(look.area.code, until=look.now, as_of=look.as_of) if each.event.area in below]
    names = Area.objects.names({step.area for each in sent for step in each.odd})
    cases = [
        Case(names.get(step.area, step.area), step.area, step.at, note=each.event.data["title"][:40],
             url=links.to("directives.directive", area=each.event.area, number=each.number))
        for each in sent for step in each.odd
    ]  # fmt: skip
    return Watched(cases, f"{links.to('directives.list', area=look.area.code)}?state=odd")
