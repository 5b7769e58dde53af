"""Pairings: which unit, or who, stands by which community; who reports at two places, and the days that they served there."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import Moment, moment
from closeknit.measures.teams.kinds import Paired, Way
from closeknit.measures.teams.teams import ways
from closeknit.measures.workforce.kinds import SignedIn, of_our_own
from closeknit.policy.packs import Policy, policy

PAIR = Text("Add a pairing", "登记挂钩报到")
SINCE = timedelta(days=31)
WAYS = {each.value: each.label for each in Way}
NONE = Empty(
    Text("No pairings yet", "尚无挂钩报到"),
    Text(
        "Say which unit stands by which community, and who reports where they work and where they live.",
        "请登记挂钩联系单位，以及在单位和居住地双报到的人员。",
    ),
    icon="link",
)


@dataclass(frozen=True)
class Pairing:
    """A unit or worker and a community. places: at how many communities the worker reports; days: served here in the last month."""

    event: Event
    who: str
    area: str
    contact: str
    over: bool
    places: int
    days: int | None

    @property
    def way(self) -> Text:
        return WAYS[self.event.data["way"]]

    @property
    def until(self) -> str | None:
        return str(self.event.data.get("until", ""))[:10] or None

    @property
    def badge(self) -> Badge:
        return Badge(Text("over", "已结束"), "quiet") if self.over else Badge(Text("standing", "有效"), "good")


def pairings_of(area: str, at: Moment, pack: Policy) -> list[Pairing]:
    """The pairings of an area; four statements, however many."""
    today = at.now.astimezone(pack.timezone).date()
    events = list(in_area(standing(Paired), area).filter(at__lte=at.now).defer("personal", "digest"))
    workers = {event.data.get("worker", "") for event in events} - {""}
    people = names.members({*workers, *(event.data.get("contact", "") for event in events)})
    areas = Area.objects.names({event.area for event in events})
    here: Counter[str] = Counter(worker for worker, _ in {(e.data.get("worker", ""), e.area) for e in events if not _over(e, today)})
    served = _served(workers, at, pack)

    def pairing(event: Event) -> Pairing:
        worker, contact = event.data.get("worker", ""), event.data.get("contact", "")
        days = len({day for lies_in, day in served.get(worker, ()) if lies_in.startswith(event.area)}) if worker else None
        who = people.get(worker, worker) or event.data.get("unit", "")
        return Pairing(
            event,
            who,
            areas.get(event.area, event.area),
            people.get(contact, contact),
            _over(event, today),
            here[worker] if worker else 0,
            days,
        )

    return [pairing(event) for event in events]


def _over(event: Event, today: date) -> bool:
    until = event.data.get("until", "")[:10]
    return bool(until) and until < today.isoformat()


def _served(workers: set[str], at: Moment, pack: Policy) -> dict[str, set[tuple[str, date]]]:
    """The (area, local day) pairs of these workers' sign-ins of the last month. A grid's code begins with its village's."""
    signed = standing(SignedIn).filter(member__in=workers, at__gt=at.now - SINCE, at__lte=at.now) if workers else standing(SignedIn).none()
    made: dict[str, set[tuple[str, date]]] = {}
    for member, area, when in signed.values_list("member", "area", "at"):
        made.setdefault(member, set()).add((area, when.astimezone(pack.timezone).date()))
    return made


LIST = Listing(
    columns=(
        Column("who", Text("Unit or worker", "单位或人员"), lambda row: row.who, sort=lambda row: (row.who, row.area), phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (row.over, row.who), phone="end"),
        Column("area", Text("Community", "社区（村）"), lambda row: row.area, sort=lambda row: (row.area, row.who)),
        Column("way", Text("In what way", "方式"), lambda row: row.way, sort=lambda row: str(row.way)),
        Column("unit", Text("Unit", "单位"), lambda row: row.event.data.get("unit") or None),
        Column("contact", Text("Contact", "联系人"), lambda row: row.contact or None),
        Column("places", Text("Reports at", "报到处数"), lambda row: row.places or None, sort=lambda row: row.places, number=True),
        Column("days", Text("Days served here", "在此服务天数"), lambda row: row.days, sort=lambda row: row.days or 0, number=True),
        Column("until", Text("Until", "止"), lambda row: row.until),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("way", Text("In what way", "方式"), where(lambda row, value: row.event.data["way"] == value), choices=list(WAYS.items())),
        Filter("two", Text("Reports at two places", "仅看双报到"), where(lambda row, value: row.places > 1), type="flag"),
        Filter("over", Text("State", "状态"), where(lambda row, value: row.over == (value == "over")), standing="standing",
               choices=(("standing", Text("Standing", "有效")), ("over", Text("Over", "已结束")))),
    ),
    search=words_said(lambda row: (row.who, row.area, row.event.data.get("unit", ""), row.contact)),
)  # fmt: skip


def pairings(request: Request, area: str) -> HttpResponse:
    """Who stands by which community of an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    every = pairings_of(area, moment(request, pack), pack)
    heading = Text("Pairings: {area}", "{area} 挂钩报到", area=row.name)
    back = urlencode({"area": area, "next": request.path})
    add = Action(PAIR, f"{reverse('records.record', args=['deployment.paired'])}?{back}", "plus", primary=True)
    listing = LIST if every else replace(LIST, filters=())  # where there is none, nothing is to be narrowed
    return listing.respond(
        request, every, template="teams/list.html", context={"tabs": ways(area, "teams.pairings")}, heading=heading,
        crumbs=links.above(request.account, row, "teams.pairings"), actions=[add] if can(request.account, "deployment.record") else [],
    )  # fmt: skip


def pairs(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where a pairing names somebody whom the account's area does not have."""
    of_our_own(account, [entry.data.get("worker", "")], "worker")
    of_our_own(account, [entry.data.get("contact", "")], "contact")


guard("deployment.paired", pairs)
