"""What acts tell the board."""

from collections.abc import Iterable

from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch, watch_states
from closeknit.measures.inspections.kinds import ORDERS, STANDS, Act, State, all_acts, troubles
from closeknit.registry.models import Place


def _acts(look: Look) -> list[Act]:
    return look.once("acts", lambda: all_acts(look.area.code, until=look.now, as_of=look.as_of))  # type: ignore[no-any-return]


def _url(look: Look, state: str) -> str:
    return f"{links.to('acts.list', area=look.area.code)}?state={state}"


def _cases(look: Look, acts: Iterable[Act], state: str) -> Watched:
    """A case an act, the oldest first."""
    found = sorted(acts, key=lambda act: act.made.order)
    places = {row.code: row for row in Place.objects.as_of(look.as_of).filter(code__in={act.place for act in found})}
    cases = [
        Case(
            places[act.place].name, places[act.place].area, act.made.at, member=act.made.member,
            url=links.to("acts.act", act=act.code, code=act.place), note=ORDERS[act.action],
        )
        for act in found if act.place in places
    ]  # fmt: skip
    return Watched(cases, _url(look, state))


@watch(
    Rule(
        "acts.flagged", 711, "bad", "inspections.view",
        Text("Acts without power, paper or service: {n}", "无权、无文书或未送达的处置：{n} 件"),
        Text("See which", "查看处置"),
        Text("Such an act binds nobody and can be set aside.", "此类处置不具约束力，可被撤销。"),
    )
)  # fmt: skip
def flagged(look: Look) -> Watched:
    """Acts with which something is wrong, once the hours have passed in which a paper is written."""
    grace = look.hours("inspections.write_within_h")
    wrong = [
        act for act in _acts(look)
        if troubles(act, look.now, look.policy) and (act.written is not None or look.now >= act.made.at + grace)
    ]  # fmt: skip
    return _cases(look, wrong, "flagged")


watch_states(
    lambda look, state: _cases(look, (act for act in _acts(look) if act.state(look.now, look.policy.timezone) == state), state),
    {
        State.OVER: Rule(  # closures and sealings that have ended and that nobody has lifted
            "acts.over", 712, "bad", "inspections.view",
            Text("Closures and seals past their end: {n}", "停业、查封已到期未解除：{n} 件"),
            Text("Lift them", "去解除"),
            Text("They have ended by themselves: the premises must be told.", "期限届满自行结束，须告知当事人。"),
        ),
        State.OVERDUE: Rule(  # orders to correct and penalties whose time is over
            "acts.overdue", 713, "watch", "inspections.view",
            Text("Orders not followed in time: {n}", "逾期未履行的处置：{n} 件"),
            Text("Follow up", "去督办"),
            Text("Go and look, or raise the consequence.", "请复查或升级处置。"),
        ),
    },
)  # fmt: skip


@watch(
    Rule(
        "acts.objections", 714, "watch", "inspections.view",
        Text("Objections of premises not answered in time: {n}", "场所异议逾期未答复：{n} 件"),
        Text("Answer", "去处理"),
        Text("An act that nobody looks at again may be wrong.", "无人复核的处置可能有误。"),
    )
)  # fmt: skip
def objections(look: Look) -> Watched:
    """Acts with an objection that is older than the pack's hours."""
    within = look.hours("inspections.objection_within_h")
    return _cases(look, (act for act in _acts(look) if any(each.at + within <= look.now for each in act.objections)), "objected")


@glance(53, "inspections.view")
def standing(look: Look) -> Glance | None:
    """How many acts stand, which were set aside."""
    acts = _acts(look)
    states = [act.state(look.now, look.policy.timezone) for act in acts]
    tiles = [
        Tile(sum(each in STANDS for each in states), Text("Stand now", "执行中"), _url(look, "stands")),
        Tile(
            states.count(State.UNWRITTEN), State.UNWRITTEN.label, _url(look, "unwritten"),
            tone="watch" if State.UNWRITTEN in states else "quiet",
        ),
        Tile(len(acts), Text("Made", "已作出"), f"{links.to('acts.list', area=look.area.code)}?state="),
        Tile(states.count(State.SET_ASIDE), State.SET_ASIDE.label, _url(look, "set_aside")),
    ]  # fmt: skip
    return Glance(Text("Acts", "执法处置"), tiles, url=links.to("acts.list", area=look.area.code)) if acts else None
