"""What the units of a plan are called, where each lies, and which can be chosen."""

from collections.abc import Iterable

from closeknit.access.models import Account
from closeknit.access.scope import areas_of
from closeknit.areas.models import Area, Level
from closeknit.kit.text import Text
from closeknit.measures.checkplans.folding import Unit
from closeknit.policy.packs import Policy
from closeknit.registry.models import Member, Place

SORT_NAMES = {
    "villages": Text("Village", "村（社区）"), "points": Text("Service point", "服务点"), "groups": Text("Work group", "工作专班"),
}  # fmt: skip
Choices = list[tuple[str, str]]


def named(units: Iterable[Unit]) -> dict[str, str]:
    """What these units are called, by code; two statements. A work group is called by its name."""
    units = list(units)
    places = Place.objects.current().filter(code__in=[unit.code for unit in units if unit.sort == "points"])
    areas = Area.objects.names(unit.code for unit in units if unit.sort == "villages")
    return {unit.code: unit.code for unit in units} | areas | dict(places.values_list("code", "name"))


def lies_in(unit: Unit, otherwise: str) -> str:
    """The area of a unit: a village's own, a place's; of a work group the plan's."""
    if unit.sort == "villages":
        return unit.code
    found = Place.objects.current().filter(code=unit.code).values_list("area", flat=True).first() if unit.sort == "points" else None
    return found or otherwise


def choices(account: Account, area: str, pack: Policy) -> dict[str, Choices]:
    """The villages and service points of an area that the account may choose from, and the work groups of its members."""
    below = areas_of(account).filter(path__contains=f"/{area}/")
    categories = pack.get("supervision.points")
    points = Place.objects.current().filter(area__in=below.values("code"), category__in=categories).order_by("category", "code")
    teams = Member.objects.current().filter(area__in=below.values("code")).exclude(team="").order_by("team")
    return {
        "villages": list(below.filter(level=Level.VILLAGE).order_by("code").values_list("code", "name")),
        "points": list(points.values_list("code", "name")),
        "groups": [(team, team) for team in teams.values_list("team", flat=True).distinct()],
    }
