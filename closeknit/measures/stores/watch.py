"""What cold stores tell the board: chiefs that do not hold, a notice that does not hang, a store that nobody checked."""

from collections.abc import Callable

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.stores import words
from closeknit.measures.stores.standing import Store, stores


def _cases(look: Look, pick: Callable[[Store], bool], state: str) -> Watched:
    if not look.policy.has("coldchain"):
        return Watched([])
    found = look.once("stores", lambda: stores(look.area.code, look.policy, look.now, look.as_of))
    cases = [
        Case(
            each.place.name, each.place.area, each.last.at if each.last else None, url=links.to("stores.store", code=each.place.code),
            note=words.fault(each.faults[0]) if each.faults and state == "doubt" else "",
        )
        for each in found
        if pick(each)
    ]  # fmt: skip
    return Watched(cases, f"{links.to('stores.list', area=look.area.code)}?state={state}")


@watch(
    Rule(
        "coldchain.chiefs", 410, "bad", "coldchain.view",
        Text("Cold stores whose chiefs are not valid: {n}", "{n} 座冷库库长不合规"),
        Text("Which stores", "查看冷库"),
        Text("Each store needs three different members: territory, industry, enterprise.", "每座冷库须有属地、行业、企业三名不同库长。"),
    )
)  # fmt: skip
def doubt(look: Look) -> Watched:
    """Stores in doubt."""
    return _cases(look, lambda each: bool(each.faults), "doubt")


@watch(
    Rule(
        "coldchain.unchecked", 411, "watch", "coldchain.view",
        Text("Cold stores not checked in time: {n}", "{n} 座冷库逾期未查"),
        Text("Which stores", "查看冷库"),
        Text("Longer ago than the policy pack allows, or never.", "超过规定间隔未检查，或从未检查。"),
    )
)  # fmt: skip
def unchecked(look: Look) -> Watched:
    """Stores that nobody has checked in time."""
    return _cases(look, lambda each: each.late, "late")


@watch(
    Rule(
        "coldchain.notice", 412, "watch", "coldchain.view",
        Text("Cold stores without a public notice: {n}", "{n} 座冷库未公示"),
        Text("Which stores", "查看冷库"),
        Text("The last check did not find it.", "末次检查未见公示牌。"),
    )
)  # fmt: skip
def notice(look: Look) -> Watched:
    """Stores that were checked and where the notice did not hang."""
    return _cases(look, lambda each: each.last is not None and not each.has_notice, "notice")
