"""What the isolation desk tells the board: numbers by village and site, never a name."""

from collections import Counter
from collections.abc import Iterable

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch_states
from closeknit.measures.isodesk.desk import STATES
from closeknit.measures.isodesk.people import Line, people


def _people(look: Look) -> list[Line]:
    def reckon() -> list[Line]:
        has = look.policy.has("isolation")
        return people(look.account, look.area.code, look.policy, look.now, look.as_of) if has else []

    return look.once("isolation", reckon)  # type: ignore[no-any-return]


def _url(area: str, state: str) -> str:
    return f"{links.to('isolation.desk', area=area)}?state={state}"


def _watched(look: Look, state: str) -> Watched:
    """A case a village, with how many there are."""
    by_area = Counter(line.stay.home for line in _people(look) if state in line.states)
    names = Area.objects.names(by_area)
    cases = [Case(names.get(area, area), area, number=number, url=_url(area, state)) for area, number in sorted(by_area.items())]
    return Watched(sorted(cases, key=lambda case: -case.number), _url(look.area.code, state))


watch_states(
    _watched,
    {
        "over": Rule(  # their order has ended and nobody has told them
            "isolation.over", 60, "bad", "isolation.view",
            Text("Order over, not yet told that they are free: {n}", "已到期、尚未告知解除：{n} 人"),
            Text("Tell them", "去告知"),
            Text("Nobody stays a day longer than the order.", "到期即可离开，不得多留一天。"),
        ),
        "late_moving": Rule(  # transfers beyond the hours of the pack
            "isolation.moving", 70, "bad", "isolation.view",
            Text("Transfers that take too long: {n}", "转运超时：{n} 人"),
            Text("See the transfers", "查看转运"),
            Text("Somebody waits with a packed bag, or is on a road.", "有人正在等待转运或仍在途中。"),
        ),
        "fever": Rule(  # a fever or symptoms in a reading of today
            "isolation.fever", 80, "bad", "isolation.view",
            Text("Fever or symptoms in isolation today: {n}", "隔离人员今日发热或有症状：{n} 人"),
            Text("See who", "查看名单"),
            Text("A doctor has to look at them now.", "须立即请医生查看。"),
        ),
        "late_objections": Rule(  # objections that nobody has answered within the hours of the pack
            "isolation.objections", 220, "watch", "isolation.view",
            Text("Objections not answered in time: {n}", "异议逾期未答复：{n} 件"),
            Text("Answer", "去处理"),
            Text("An order that nobody looks at again may be wrong.", "无人复核的通知可能有误。"),
        ),
        "flagged": Rule(  # orders, places and rooms that somebody must look at
            "isolation.flagged", 230, "watch", "isolation.view",
            Text("Isolation to be looked at: {n}", "隔离情况待核查：{n} 人"),
            Text("See why", "查看原因"),
            Text("An order, a place or a room does not fit the rules.", "通知、地点或房间与规定不符。"),
        ),
    },
)  # fmt: skip


@glance(57, "isolation.view")
def isolating(look: Look) -> Glance | None:
    """How many isolate, and what is open today."""
    found = _people(look)
    tiles = [_tile(look, found, state) for state in ("under", "due_today", "unread", "moving", "objections")]
    return Glance(Text("Isolation", "隔离管理"), tiles, url=links.to("isolation.desk", area=look.area.code)) if found else None


def _tile(look: Look, found: Iterable[Line], state: str) -> Tile:
    word, tone = STATES[state]
    number = sum(state in each.states for each in found)
    return Tile(number, word, _url(look.area.code, state), tone=tone if number else "good")
