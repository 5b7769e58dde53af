"""What inspections tell the board."""

from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.measures.inspections.kinds import Premises, premises, reaches
from closeknit.registry.models import Place


def _premises(look: Look) -> list[Premises]:
    return look.once("premises", lambda: list(premises(look.area.code, until=look.now, as_of=look.as_of).values()))  # type: ignore[no-any-return]


def _url(look: Look, state: str) -> str:
    return f"{links.to('inspections.places', area=look.area.code)}?state={state}"


@watch(
    Rule(
        "inspections.raise", 710, "watch", "inspections.view",
        Text("Places with the same finding again and no consequence: {n}", "{n} 家场所屡查屡犯未升级处置"),
        Text("See which", "查看场所"),
        Text("What is found again calls for more than before.", "重复发现的问题应提高处置力度。"),
    )
)  # fmt: skip
def raised(look: Look) -> Watched:
    """Places where an open finding was found again and its run ordered less than the pack calls for."""
    low = {each.place: found for each in _premises(look) if (found := [one for one in each.open_findings if not reaches(one, look.policy)])}
    rows = Place.objects.as_of(look.as_of).filter(code__in=low)
    cases = [
        Case(row.name, row.area, max(one.at.at for one in low[row.code]), url=links.to("inspections.place", code=row.code)) for row in rows
    ]
    return Watched(sorted(cases, key=lambda case: (str(case.since), str(case.name))), _url(look, "raise"))


@glance(52, "inspections.view")
def inspected(look: Look) -> Glance | None:
    """How many premises were inspected, where findings are open, and where they came again."""
    held = _premises(look)
    numbers = {
        "open": sum(bool(each.open_findings) for each in held), "repeated": sum(bool(each.repeated) for each in held),
        "inspected": sum(bool(each.visits) for each in held),
    }  # fmt: skip
    words = {
        "open": Text("Findings open", "问题未销号"), "repeated": Text("Found again", "重复发现"), "inspected": Text("Inspected", "已检查"),
    }  # fmt: skip
    tiles = [
        Tile(numbers[state], words[state], _url(look, state), tone="watch" if state != "inspected" and numbers[state] else "quiet")
        for state in words
    ]
    return Glance(Text("Inspections", "监督检查"), tiles, url=links.to("inspections.places", area=look.area.code)) if held else None
