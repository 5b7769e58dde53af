"""What stock tells the board."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.stock.levels import places
from closeknit.measures.supplies.kinds import levels

LOW = Text("{item}: {n} of {least}", "{item}：{n}／{least}")


@watch(
    Rule(
        "supplies.stock", 280, "watch", "supplies.view",
        Text("Stock below its minimum: {n}", "{n} 项物资低于最低库存"),
        Text("Refill", "去补货"),
        Text("Bring it before it runs out.", "请在用完之前补足。"),
    )
)  # fmt: skip
def low(look: Look) -> Watched:
    """Items below their minimum or below zero, a case a place and item; the emptiest first."""
    at = places(look.area.code, look.as_of)
    found = {row.code: row for row in at}
    short = [each for each in levels(at, until=look.now, as_of=look.as_of) if each.lacks or each.is_below_zero]
    short.sort(key=lambda each: (-each.lacks, each.place, each.item))
    cases = []
    for each in short:
        place, note = found[each.place], LOW.format(item=each.item, n=each.stock, least=each.minimum or 0)
        cases.append(Case(place.name, place.area, each.moved_at, url=links.to("stock.place", code=place.code), note=note))
    return Watched(cases, links.to("stock.refill", area=look.area.code))
