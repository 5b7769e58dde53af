"""Telling a department of an act, and writing down what it has done."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.console.parts import Facts, Notice
from closeknit.console.records import asking, links
from closeknit.console.records.saving import Entry, guard
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.inspections.kinds import ORDER_WORDS, acts_of, offices, who_may
from closeknit.measures.referrals.kinds import DepartmentActed, DepartmentTold, TransportSuspected
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

TOLD, ACTED = "inspections.department_told", "inspections.department_acted"
DONE = Text("The department is told. It stands on the list until it has acted.", "已移送主管部门，办结前列入清单。")
ANSWERED = Text("Written down what the department has done.", "已登记主管部门办理情况。")
NO_HAND_OVER = Text("Nothing was handed over under this number.", "没有该编号的移送。")
UNKNOWN = Text("The department is not in the policy pack. Choose one from the list.", "该部门不在现行规则内，请从列表中选择。")


def tell(request: Request, act: str, code: str) -> HttpResponse:
    """The form that tells a department of an act; the offices that may order it stand first."""
    row = Place.objects.current().filter(code=code).first()
    found = acts_of(code, row.area).get(act) if row else None
    if row is None or found is None:
        raise Http404
    pack, back = policy(row.area), links.to("acts.act", act=act, code=code)
    known = sorted(offices(pack).values(), key=lambda each: found.action not in each.may)
    able = Text("May order it: {offices}.", "有权机关：{offices}。", offices=who_may(found.action, pack))
    choices = {"type": "choice", "choices": [(each.code, each.label) for each in known], "help": able}

    def entries(values: dict[str, Any], event: UUID) -> list[Entry]:
        return [Entry(event, TOLD, row.area, {**asking.said(TOLD, values, row.area), "act": act}, {"place": code})]

    asked = asking.Asking(asking.fields(TOLD, "department", "matter", department=choices), entries, DONE, back)
    matter = Text("{action}: {found}", "{action}：{found}", action=ORDER_WORDS[found.action], found="；".join(found.found) or "—")
    return asking.respond(request, asked, initial={"matter": matter}, crumbs=[(row.name, back)],
                          heading=Text("Tell a department: {place}", "移送主管部门：{place}", place=row.name))  # fmt: skip


def _held(topic: str) -> Event | None:
    return standing(DepartmentTold, TransportSuspected).filter(topic=topic).first()


def area_of_referral(event: UUID) -> str | None:
    """Where something was handed over; None where nothing was under this number."""
    held = _held(str(event))
    return held.area if held else None


def answer(request: Request, event: UUID) -> HttpResponse:
    """One hand-over: what was told, what the department answered so far, and its next answer."""
    held = _held(str(event))
    if held is None:
        raise Http404
    back = reverse("referrals.list", args=[held.area])
    place = Place.objects.current().filter(code=held.place).values_list("name", flat=True).first() or held.place
    answers = standing(DepartmentActed).filter(topic=held.topic).order_by("at", "arrival")
    lines = sentences([held, *answers], dated=True)

    def entries(values: dict[str, Any], event_id: UUID) -> list[Entry]:
        data = {**asking.said(ACTED, values, held.area), "referral": held.topic}
        return [Entry(event_id, ACTED, held.area, data, {"place": held.place})]

    asked = asking.Asking(asking.fields(ACTED, "outcome", "words"), entries, ANSWERED, back)
    facts = Facts([(Text("Place", "场所"), place), *((Text("Step {n}", "第 {n} 步", n=n), line) for n, line in enumerate(lines, 1))])
    notices = [Notice(Text("The plate is known to who records it and to the department alone.", "车牌仅登记人和主管部门可见。"))]
    context = {"facts": facts, "notices": notices if held.kind == "inspections.transport_suspected" else []}
    return asking.respond(request, asked, context=context, template="referrals/answer.html", crumbs=[(place, back)],
                          heading=Text("Hand-over: {place}", "移送：{place}", place=place))  # fmt: skip


def told(account: Account, entry: Entry) -> None:
    """Only departments of the pack are told."""
    if str(entry.data.get("department", "")) not in offices(policy(entry.area)):
        raise Invalid("data.department", "unknown", UNKNOWN)


def acted(account: Account, entry: Entry) -> None:
    """An answer is to something that was handed over."""
    if _held(str(entry.data.get("referral", ""))) is None:
        raise Invalid("data.referral", "unknown", NO_HAND_OVER)


guard(TOLD, told)
guard(ACTED, acted)
