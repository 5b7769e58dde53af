"""What was handed over to departments, and what they have done: the late ones first. Of a vehicle nobody's plate stands in the list."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.inspections.kinds import offices
from closeknit.measures.referrals.kinds import DepartmentActed, DepartmentTold, Reply, TransportSuspected
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

SUSPECTED = Text("Suspected illegal passenger transport", "疑似非法营运")
TONES = {"accepted": "info", "acting": "info", "done": "good", "declined": "bad"}
REPLIES = {each.value: each.label for each in Reply}
WAITING = Text("Not answered", "未回复")
LATE = Text("Late", "逾期未办")
CHOICES = [("open", Text("Open", "未办结")), ("late", LATE), ("waiting", WAITING), *REPLIES.items()]
NONE = Empty(
    Text("Nothing handed over yet", "暂无移送"),
    Text(
        "From an act's page the department that has the power is told; posts hand over suspected vehicles.",
        "可在处置页面移送主管部门；卡点可移交疑似非法营运车辆。",
    ),
    icon="file-export",
)  # fmt: skip


@dataclass(frozen=True)
class Referral:
    """One hand-over with the latest answer. `late_at`: from when on it is late while it is open."""

    event: Event
    answer: Event | None
    department: Text | str
    late_at: datetime

    @property
    def reply(self) -> str:
        return str(self.answer.data["outcome"]) if self.answer else "waiting"

    @property
    def is_open(self) -> bool:
        return self.reply not in ("done", "declined")

    def is_late(self, now: datetime) -> bool:
        """Whether the department should have acted by now."""
        return self.is_open and now >= self.late_at


def referrals(area: str, pack: Policy, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Referral]:
    """The hand-overs of the area with their latest answers, by when they were made; of one that was put right the later word."""
    said = in_area(standing(DepartmentTold, TransportSuspected, as_of=as_of), area, as_of).defer("personal", "digest")
    handed = {event.topic: event for event in sorted(said.filter(at__lt=until) if until else said, key=lambda event: event.order)}
    told = sorted(handed.values(), key=lambda event: event.order)
    heard = standing(DepartmentActed, as_of=as_of).filter(topic__in=handed.keys()).defer("personal", "digest")
    answers = {event.topic: event for event in sorted(heard.filter(at__lt=until) if until else heard, key=lambda event: event.order)}
    known, hours = offices(pack), timedelta(hours=float(pack.get("inspections.department_within_h")))
    made = []
    for event in told:
        code = str(event.data.get("department") or pack.get("inspections.transport"))
        made.append(Referral(event, answers.get(event.topic), known[code].label if code in known else code, event.at + hours))
    return made


@dataclass(frozen=True)
class Line:
    """One hand-over as the list shows it."""

    of: Referral
    place: str
    now: datetime

    @property
    def matter(self) -> Text | str:
        return str(self.of.event.data.get("matter", "")) or SUSPECTED

    @property
    def badge(self) -> Badge:
        if self.of.is_late(self.now):
            return Badge(LATE, "bad")
        return Badge(REPLIES.get(self.of.reply, WAITING), TONES.get(self.of.reply, "watch"))

    @property
    def urgency(self) -> tuple[bool, bool, float, str]:
        event = self.of.event
        return not self.of.is_late(self.now), not self.of.is_open, event.at.timestamp(), str(event.id)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        return {"open": self.of.is_open, "late": self.of.is_late(self.now)}.get(state, self.of.reply == state)


LISTING = Listing(
    columns=(
        Column("matter", Text("Matter", "移送事项"), lambda row: row.matter, sort=lambda row: (str(row.matter), row.urgency), phone="title",
               link=lambda row: links.to("referrals.answer", event=row.of.event.topic)),
        Column("state", Text("State", "办理情况"), lambda row: row.badge, sort=lambda row: row.urgency, phone="end"),
        Column("department", Text("Department", "主管部门"), lambda row: row.of.department,
               sort=lambda row: (str(row.of.department), row.urgency)),
        Column("place", Text("Place", "场所"), lambda row: row.place, sort=lambda row: (row.place, row.urgency)),
        Column("told", Text("Told", "移送时间"), lambda row: row.of.event.at, sort=lambda row: row.of.event.order),
        Column("done", Text("What was done", "办理说明"), lambda row: (row.of.answer.data.get("words") if row.of.answer else None) or None,
               phone="wide"),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "办理情况"), where(lambda row, state: row.is_in(state)), choices=CHOICES, standing="open"),
    ),
    search=words_said(lambda row: (row.matter, row.of.department, row.place)),
)  # fmt: skip


def listed(request: Request, area: str) -> HttpResponse:
    """The hand-overs of an area."""
    row, pack, now = Area.objects.current().get(code=area), policy(area), clock.now()
    found = referrals(area, pack)
    places = dict(Place.objects.current().filter(code__in={each.event.place for each in found}).values_list("code", "name"))
    url = links.to("records.record", kind="inspections.transport_suspected")
    hand_over = Action(Text("Hand over a vehicle", "移交疑似非法营运车辆"), f"{url}?next={reverse('referrals.list', args=[area])}", "plus")
    lines = [Line(each, places.get(each.event.place, each.event.place), now) for each in found]
    heading = Text("Hand-overs: {area}", "{area} 移送主管部门", area=row.name)
    crumbs = links.above(request.account, row, "referrals.list")
    return LISTING.respond(request, lines, heading=heading, crumbs=crumbs, actions=[hand_over] if url else [])
