"""The places and problems of an area with their four parties; where one is missing stands first."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import in_scope
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.records.asking import Asking, fields, respond, said, workers
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.parties.kinds import Named
from closeknit.measures.supervision.kinds import ProblemFound
from closeknit.measures.workforce.kinds import of_our_own
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

HEADING, NAME = Text("Four parties", "四方责任"), Text("Name the four", "落实四方责任")
DONE = Text("Recorded.", "已登记。")
PARTIES = ("territory", "department", "unit", "individual")
PLACE, PROBLEM = Text("Place", "场所"), Text("Problem", "问题")
NEITHER = Text("Say which place, or the number of which problem, of your area.", "请填写辖区内的场所或问题编号。")
MISSING, NAMED = Badge(Text("not named", "未落实"), "watch"), Badge(Text("all four named", "四方已落实"), "good")
NONE = Empty(
    Text("No place and no problem here", "本辖区无场所和问题"),
    Text("Import the places first; problems come from inspections.", "请先导入场所；问题由督查登记。"),
    icon="link",
)


@dataclass(frozen=True)
class Line:
    """A place or a problem with who answers for it."""

    what: Text
    code: str
    name: str
    area: str
    code_of_area: str
    event: Event | None
    person: str

    @property
    def badge(self) -> Badge:
        return NAMED if self.event else MISSING

    @property
    def rank(self) -> tuple[object, ...]:
        return (self.event is not None, self.code_of_area, self.code)

    def party(self, name: str) -> str | None:
        """Who answers as this party."""
        if self.event is None:
            return None
        return self.person if name == "individual" else str(self.event.data[name])


def lines(area: str, found: list[Event]) -> list[Line]:
    """The places and problems of an area; `found`: what was said of their parties. Four statements."""
    by_place = {place: steps[-1] for place, steps in grouped([each for each in found if each.place], "place").items()}
    by_problem = {topic: steps[-1] for topic, steps in grouped([each for each in found if each.topic and not each.place], "topic").items()}
    problems = grouped(list(in_area(standing(ProblemFound), area).defer("personal", "digest")), "topic")
    below = {row.code: row.name for row in Area.objects.below(area)}
    people = names.members(each.data["individual"] for each in found)

    def line(what: Text, code: str, name: str, lies_in: str, event: Event | None) -> Line:
        person = str(event.data["individual"]) if event else ""
        return Line(what, code, name, below.get(lies_in, lies_in), lies_in, event, people.get(person, person))

    made = [line(PLACE, row.code, row.name, row.area, by_place.get(row.code)) for row in Place.objects.current().filter(area__in=below)]
    made += [line(PROBLEM, topic, steps[-1].data["title"], steps[-1].area, by_problem.get(topic)) for topic, steps in problems.items()]
    return sorted(made, key=lambda each: each.rank)


COLUMNS = (
    Column("name", Text("Place or problem", "场所或问题"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
    Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
    Column("what", Text("What", "类别"), lambda row: row.what, sort=lambda row: (str(row.what), row.rank)),
    Column("territory", Text("Territory", "属地"), lambda row: row.party("territory"), sort=lambda row: row.party("territory") or ""),
    Column("department", Text("Department", "部门"), lambda row: row.party("department"), sort=lambda row: row.party("department") or ""),
    Column("unit", Text("Unit", "单位"), lambda row: row.party("unit"), sort=lambda row: row.party("unit") or ""),
    Column("individual", Text("Individual", "个人"), lambda row: row.party("individual"), sort=lambda row: row.party("individual") or ""),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: row.rank),
)  # fmt: skip


def _act(area: str, row: Line) -> Action:
    query = urlencode({"place" if row.what is PLACE else "problem": row.code})
    return Action(NAME, f"{reverse('parties.name', args=[area])}?{query}", "user")


def listed(request: Request, area: str) -> HttpResponse:
    """The places and problems of an area with their four parties."""
    row = Area.objects.current().get(code=area)
    at = moment(request, policy(area))
    found = in_area(standing(Named, as_of=at.as_of), area, at.as_of).filter(at__lt=at.now).defer("personal", "digest")
    act = Column("act", Text("Next", "下一步"), partial(_act, area), export=lambda line: "", phone="wide")
    listing = Listing(
        columns=(*COLUMNS, *((act,) if links.to("parties.name", area=area) else ())), order="state", empty=NONE,
        filters=(
            Filter("what", Text("What", "类别"), where(lambda line, value: (line.what is PLACE) == (value == "place")),
                   choices=(("place", PLACE), ("problem", PROBLEM))),
            Filter("missing", Text("Not named", "仅看未落实"), where(lambda line, value: line.event is None), type="flag"),
        ),
        search=words_said(lambda line: (line.name, line.area, line.code, *(line.party(party) or "" for party in PARTIES))),
    )  # fmt: skip
    return listing.respond(
        request, lines(area, list(found)), heading=Text("Four parties: {area}", "{area} 四方责任", area=row.name),
        crumbs=links.above(request.account, row, "parties.list"),
    )  # fmt: skip


def name(request: Request, area: str) -> HttpResponse:
    """The form of the four parties of a place or a problem of the area."""
    place, problem = request.GET.get("place", ""), request.GET.get("problem", "")
    found = in_area(standing(Named), area).defer("personal", "digest")
    held = next(
        (each for each in lines(area, list(found)) if each.code == (place or problem) and (each.what is PLACE) == bool(place)), None
    )
    if held is None and (place or problem):
        raise Http404
    asked = fields(
        "parties.named", *(() if held else ("problem",)), *PARTIES, individual={**workers(request.account, area), "required": True}
    )
    about = {"problem": problem} if problem and held else {}

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        data = about | said("parties.named", values, area)
        return [Entry(form_id, "parties.named", held.code_of_area if held else area, data, {"place": place})]

    given = dict(held.event.data) if held and held.event else {"territory": held.area if held else ""}
    heading = Text("Four parties: {name}", "四方责任：{name}", name=held.name[:60]) if held else NAME
    return respond(request, Asking(asked, entries, DONE, reverse("parties.list", args=[area])), initial=given, heading=heading)


def names_four(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where it is about no place and no problem of the account's area, or names nobody of it."""
    problem = str(entry.data.get("problem", ""))
    if not entry.references.get("place"):
        lies_in = standing(ProblemFound).filter(topic=problem).values_list("area", flat=True).first() if problem else None
        if not in_scope(account, lies_in):
            raise Invalid("data.problem", "unknown", NEITHER)
    of_our_own(account, [str(entry.data.get("individual", ""))], "individual")


guard("parties.named", names_four)
