"""Passing a grid or a shift on in one press with what is open; and "I cannot", which asks for no reason."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Badge, Facts
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.doorknock.kinds import Visited
from closeknit.measures.handover.holders import GRID, WALKED, Thing, asked, doors_open, may_act
from closeknit.measures.shifts.kinds import Span, may_have
from closeknit.measures.workforce.kinds import hours_by_day, stood
from closeknit.policy.packs import Policy, policy
from closeknit.registry.members.answering import role_words
from closeknit.registry.models import Member
from closeknit.sync.assignment.work import WITH_PEOPLE, WORK_OF

MOST = 200
BEFORE = timedelta(days=2)  # a sign-in of the day before may last
DONE = Text("Passed on to {name}.", "已移交 {name}。")
SAID = Text("Noted. The clerk finds somebody; nobody asks why.", "已登记，由专干安排接手，无须说明原因。")
NOT_TO = Text("It cannot go to this worker. Choose one of the list.", "不能移交给此人，请从名单中选择。")
FULL = Text("{name} has reached today's hours or doors. Choose somebody else.", "{name} 今日工时或户数已到上限，请选择其他人员。")


@dataclass(frozen=True)
class Taker:
    """Somebody who could take over, with today's load."""

    member: Member
    role: Text | str
    area: str
    hours: float
    doors: int
    full: bool

    @property
    def badge(self) -> Badge:
        return Badge(Text("at the limit", "已到上限"), "watch") if self.full else Badge(Text("free", "可接手"), "good")


def takers(found: Thing, pack: Policy) -> list[Taker]:
    """Those of the same village first, then of the town: whoever can walk a grid, the least loaded first."""
    row = Area.objects.current().get(code=found.area)
    above = [code for code in row.path.split("/") if code]
    levels = {each.code: each for each in Area.objects.current().filter(code__in=above)}
    village = next((code for code in reversed(above) if levels[code].level == "village"), row.code)
    town = levels[village].parent or village
    here = Area.objects.below(town).filter(**({"level__in": WALKED} if found.what == GRID else {})).values("code")
    members = Member.objects.current().filter(area__in=here).exclude(code__in=found.holders).order_by("code")
    able = [each for each in members if found.what != GRID or not WITH_PEOPLE.isdisjoint(WORK_OF.get(each.role, WORK_OF["others"]))]
    near = sorted(able, key=lambda each: (not each.area.startswith(village), each.code))[:MOST]
    return _with_load(near, town, village, pack)


def _with_load(members: list[Member], town: str, village: str, pack: Policy) -> list[Taker]:
    now = clock.now()
    today = now.astimezone(pack.timezone)
    begins = today.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = hours_by_day(stood(town, begins - BEFORE, now), pack.timezone, now)
    visits = in_area(standing(Visited), town).filter(at__gte=begins, at__lte=now)
    doors: dict[str, set[str]] = {}
    for member, household in visits.values_list("member", "household"):
        doors.setdefault(member, set()).add(household)
    areas = Area.objects.names({each.area for each in members})
    most_hours, most_doors = float(pack.get("duty.most_hours_a_day")), int(pack.get("duty.most_doors_a_day"))

    def taker(member: Member) -> Taker:
        worked, knocked = round(hours.get((member.code, today.date()), 0.0), 1), len(doors.get(member.code, ()))
        full = worked >= most_hours or knocked >= most_doors
        return Taker(member, role_words(member.role), areas.get(member.area, member.area), worked, knocked, full)

    made = [taker(each) for each in members]
    return sorted(made, key=lambda each: (each.full, not each.member.area.startswith(village), each.hours, each.doors, each.member.code))


def pass_on(request: Request, what: str, code: str) -> HttpResponse:
    """Whom to pass it on to; a press on a name does it."""
    found = asked(request, what, code)
    pack = policy(found.area)
    may = may_act(request, found)
    offered = takers(found, pack)
    back = links.ours(request.GET.get("next", ""), _home(request.account, found))
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if _passed(request, found, offered, pack, back):
            return redirect(back)
    open_ = doors_open(code) if what == GRID else None
    context = {"facts": _facts(found, open_), "takers": offered, "may": may, "form_id": uuid7(), "next": back}
    heading = Text("Pass on: {name}", "移交：{name}", name=str(found.name))
    return show(request, "handover/pass.html", context, heading=heading, status=422 if request.method == "POST" else 200)


def _passed(request: Request, found: Thing, offered: list[Taker], pack: Policy, back: str) -> bool:
    """Records the passing; False with a message where it cannot be."""
    taker = next((each for each in offered if each.member.code == request.POST.get("to")), None)
    refusal = NOT_TO if taker is None else FULL.format(name=taker.member.name) if taker.full else None
    if taker is not None and refusal is None and found.shift is not None:
        try:
            may_have(taker.member.code, Span(found.shift.starts_at, found.shift.ends_at), found.shift.post, pack, without=found.code)
        except Invalid as invalid:
            refusal = invalid.text
    if taker is None or refusal is not None:
        tell(request, refusal or NOT_TO, tone="bad")
        return False
    giver = request.account.member if request.account.member in found.holders else next(iter(found.holders), "")
    data: dict[str, Any] = {"what": found.what, "code": found.code, "to": taker.member.code, "from": giver}
    if found.what == GRID:
        data["open"] = doors_open(found.code)
    place = {"place": found.shift.place} if found.shift else {}
    answer = save(request.account, Entry(carried_id(request.POST), "workforce.passed_on", found.area, data, place))
    told(request, answer.id, DONE.format(name=taker.member.name), back)
    return True


def _facts(found: Thing, open_: int | None) -> Facts:
    people = names.members(found.holders)
    pairs: list[tuple[Text, object]] = [(Text("Has it now", "现负责人"), "、".join(people.get(each, each) for each in found.holders))]
    if found.shift:
        places = names.places([found.shift.place])
        pairs.append((Text("Place", "场所"), places[found.shift.place].name if found.shift.place in places else found.shift.place))
        when = f"{localtime(found.shift.starts_at):%m-%d %H:%M} – {localtime(found.shift.ends_at):%m-%d %H:%M}"
        pairs.append((Text("Time", "时间"), when))
    if open_ is not None:
        pairs.append((Text("Doors still open", "未落实户数"), open_))
    return Facts(pairs)


def _home(account: Account, found: Thing) -> str:
    if account.member in found.holders:
        return reverse("handover.mine")
    return reverse("handover.grids" if found.what == GRID else "shifts.roster", args=[account.area])


def cannot(request: Request, what: str, code: str) -> HttpResponse:
    """One press, no reason: from now on somebody else has to be found."""
    found = asked(request, what, code)  # first: what lies outside looks like what is not there, however it is asked for
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not may_act(request, found):
        raise PermissionDenied
    who = request.account.member if request.account.member in found.holders else next(iter(found.holders), "")
    data = {"what": found.what, "code": found.code, "worker": who}
    place = {"place": found.shift.place} if found.shift else {}
    back = links.ours(request.GET.get("next", ""), _home(request.account, found))
    answer = save(request.account, Entry(uuid7(), "workforce.cannot", found.area, data, place))
    told(request, answer.id, SAID, back)
    return redirect(back)
