"""What zones tell the board: numbers by zone, never a name of somebody who lives there."""

from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch_states
from closeknit.measures.zonedesk.lines import Line, lines
from closeknit.measures.zonedesk.listing import FILTERS


def _lines(look: Look) -> list[Line]:
    def reckon() -> list[Line]:
        return lines(look.area.code, look.policy, look.now, look.as_of) if look.policy.has("zones") else []

    return look.once("zones", reckon)  # type: ignore[no-any-return]


def _url(look: Look, state: str) -> str:
    return f"{links.to('zones.list', area=look.area.code)}?state={state}"


def _watched(look: Look, state: str) -> Watched:
    """A case a zone; the one that changed or ends first stands first."""
    found = sorted((line for line in _lines(look) if state in line.states), key=lambda line: (line.ends_at, line.zone.number))
    cases = [
        Case(line.name, line.order.area, line.zone.last_change(look.now), url=links.to("zones.zone", zone=line.zone.number))
        for line in found
    ]
    return Watched(cases, _url(look, state))


watch_states(
    _watched,
    {
        "over_untold": Rule(  # their order has ended and nobody has told them
            "zones.over", 62, "bad", "zones.view",
            Text("Zones over, people not told that they are free: {n}", "管控区已到期、尚未告知居民：{n} 个"),
            Text("Tell them", "去告知"),
            Text("Nobody stays closed in a day longer than the order.", "到期即解除，不得多管一天。"),
        ),
        "untold": Rule(  # an order, an extension or a change that was not announced
            "zones.untold", 64, "bad", "zones.view",
            Text("Zones ordered or changed, people not told: {n}", "管控区已划定或变更、尚未告知居民：{n} 个"),
            Text("Announce", "去发布"),
            Text("Nobody can keep an order that nobody has told them.", "居民不知情，管控无从落实。"),
        ),
        "liftable": Rule(  # all conditions of the order are noted as met
            "zones.liftable", 222, "watch", "zones.view",
            Text("Zones whose conditions are all met: {n}", "达到解除条件的管控区：{n} 个"),
            Text("Lift them", "去解除"),
            Text("What is no longer needed ends today.", "条件达到即应解除。"),
        ),
        "ending": Rule(  # zones that end within the hours of the pack, and that no order follows
            "zones.ending", 224, "watch", "zones.view",
            Text("Zones that end soon: {n}", "即将到期的管控区：{n} 个"),
            Text("Look at them", "查看"),
            Text("They end by themselves; going on needs a new order.", "到期自行解除，继续管控须另作决定。"),
        ),
        "late_objections": Rule(  # objections that nobody has decided within the hours of the pack
            "zones.objections", 226, "watch", "zones.view",
            Text("Objections to zones not answered in time: {n}", "管控异议逾期未答复：{n} 个管控区"),
            Text("Answer", "去处理"),
            Text("Who is closed in wrongly must be let out.", "误管的应立即纠正。"),
        ),
    },
)  # fmt: skip


@glance(56, "zones.view")
def closed_in(look: Look) -> Glance | None:
    """How many zones are in force, and how many people live in them."""
    held = [line for line in _lines(look) if line.state == "in_force"]
    if not held:
        return None
    tiles = [
        Tile(len(held), FILTERS["in_force"][0], _url(look, "in_force"), tone="watch"),
        Tile(sum(line.households for line in held), Text("Households in them", "区内户数"), _url(look, "in_force")),
        Tile(sum(line.persons for line in held), Text("People in them", "区内人数"), _url(look, "in_force")),
    ]
    return Glance(Text("Zones", "管控区"), tiles, url=links.to("zones.list", area=look.area.code))
