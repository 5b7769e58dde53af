"""What the register of venues tells the board."""

from collections import defaultdict
from collections.abc import Callable

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.venueregister.entrances import Entrance, entrances, venues
from closeknit.policy.packs import policy


def _found(look: Look) -> list[Entrance]:
    def reckon() -> list[Entrance]:
        pack = policy(look.area.code)
        if not pack.has("venue_code"):
            return []
        return entrances(venues(look.area.code, pack, look.as_of), look.now, look.as_of)

    return look.once("entrances", reckon)  # type: ignore[no-any-return]


def _cases(look: Look, state: str, pick: Callable[[Entrance], bool]) -> Watched:
    by_area: dict[str, list[Entrance]] = defaultdict(list)
    for each in filter(pick, _found(look)):
        by_area[each.place.area].append(each)
    names = Area.objects.names(by_area)
    cases = [
        Case(names.get(area, area), area, min((each.seen_at for each in found if each.seen_at), default=None), len(found),
             url=_list(area, state))
        for area, found in by_area.items()
    ]  # fmt: skip
    return Watched(sorted(cases, key=lambda case: (-case.number, case.area)), _list(look.area.code, state))


def _list(area: str, state: str) -> str:
    return f"{links.to('venues.register', area=area)}?state={state}"


@watch(
    Rule(
        "venues.not_by_hand", 42, "watch", "venues.view",
        Text("Entrances without a way in for who has no phone: {n}", "{n} 个出入口未设无手机通道"),
        Text("See the entrances", "查看出入口"),
        Text("A code is never the only pass: a sheet or an identity card does as well.", "登记码不得作为唯一凭证，须设纸质或证件登记。"),
    )
)  # fmt: skip
def not_by_hand(look: Look) -> Watched:
    """Entrances where somebody saw that there is no way in without a phone."""
    return _cases(look, "not_by_hand", lambda each: each.is_set and each.by_hand is False)


@watch(
    Rule(
        "venues.not_posted", 43, "info", "venues.view",
        Text("Entrances where the code does not hang: {n}", "{n} 个出入口未张贴登记码"),
        Text("See the entrances", "查看出入口"),
        Text("Somebody looked, and it was not there.", "查看时未见登记码。"),
    )
)  # fmt: skip
def not_posted(look: Look) -> Watched:
    """Entrances where somebody saw that the code does not hang."""
    return _cases(look, "not_posted", lambda each: each.is_set and each.posted is False)
