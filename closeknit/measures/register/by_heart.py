"""一口清: what somebody must know of a place by heart: who lives there, who is protected, tested, apart, and who answers for it."""

import re
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from closeknit.areas.models import Area, Level
from closeknit.campaigns.models import LastSample
from closeknit.console.parts import Facts, Tile
from closeknit.console.records import links
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.isolation.kinds import stays
from closeknit.measures.vaccination.kinds import Given
from closeknit.policy.packs import Policy
from closeknit.registry.kinds import Category
from closeknit.registry.models import Household, Member, Person

UNSAID = Text("Category not said", "类别未登记")
_BUILDING = re.compile(r"^.*?(?:\d+|[A-Za-z一二三四五六七八九十]+)\s*(?:号楼|栋|幢|座)")


def people(area: str) -> QuerySet[Person]:
    """The persons of the register who live in an area."""
    return Person.objects.current().filter(area__in=Area.objects.below(area).values("code"))


def by_category(area: str) -> dict[str, int]:
    """How many persons of each category live in an area: resident, non-local, passing, without a fixed home; "" where nobody said."""
    rows = people(area).values("category").annotate(number=Count("pk")).order_by()
    return dict(rows.values_list("category", "number"))


def vaccinated(area: str, dose: int = 1) -> int:
    """How many persons of an area were given that dose, or a later one."""
    given = standing(Given).filter(person__in=people(area).values("code"), data__dose__gte=dose)
    number: int = given.values("person").distinct().count()
    return number


def tested(area: str, days: int) -> int:
    """How many persons of an area were sampled within so many days."""
    since = clock.now() - timedelta(days=days)
    return LastSample.objects.filter(person__in=people(area).values("code"), at__gte=since).count()


def tiles(area: str, pack: Policy) -> list[Tile]:
    """The numbers; of what the pack in force does not ask nothing is said."""
    way, counts = links.to("register.persons", area=area), by_category(area)
    made = [
        Tile(counts[each.value], each.label, f"{way}?{urlencode({'category': each.value})}" if way else "")
        for each in Category
        if counts.get(each.value)
    ]
    if counts.get("") and len(counts) > 1:
        made.append(Tile(counts[""], UNSAID))
    made.append(Tile(vaccinated(area), Text("Vaccinated", "已接种"), links.to("vaccination.answers", area=area)))
    if pack.has("booster"):
        boosted = vaccinated(area, int(pack.get("booster.from_dose")))
        made.append(Tile(boosted, Text("Boosted", "已接种加强针"), links.to("vaccination.answers", area=area)))
    if pack.has("testing"):
        days = int(pack.get("routine.cadence_days"))
        label = Text("Tested within {n} days", "{n} 天内已检测", n=days)
        made.append(Tile(tested(area, days), label, links.to("rounds.coverage", area=area)))
    if pack.has("isolation"):
        under = sum(1 for stay in stays(area) if stay.is_under(clock.now(), pack.timezone))
        made.append(Tile(under, Text("Under control", "在管控"), links.to("isolation.desk", area=area)))
    return made


def workers(areas: list[str]) -> dict[str, list[Member]]:
    """Who answers for each of these areas: the members whose own area it is."""
    found: dict[str, list[Member]] = {}
    for member in Member.objects.current().filter(area__in=areas).order_by("area", "code"):
        found.setdefault(member.area, []).append(member)
    return found


def buildings(grid: str) -> int:
    """How many buildings the addresses of a grid's households name (3号楼, 3栋); 0 where they name none."""
    homes = Household.objects.current().filter(area=grid)
    named = (_BUILDING.match(home.told().get("address", "")) for home in homes)
    return len({match.group(0) for match in named if match})


def responsible(area: Area) -> Facts:
    """The area's code, who answers for it, and of a grid its buildings."""
    own = workers([area.code]).get(area.code, [])
    pairs: list[tuple[Text | str, object]] = [(Text("Code", "编号"), area.code)]
    if area.level == Level.GRID:
        pairs.append((Text("Buildings", "楼栋数"), buildings(area.code) or "—"))
    pairs.append((Text("Responsible", "责任人"), "、".join(each.name for each in own) or Text("nobody named yet", "尚未明确")))
    return Facts(pairs)
