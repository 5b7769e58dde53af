"""One person's status on one page: the word, the rule, the records on which it rests, until when, and how to appeal. Read only."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.measures.isolation.kinds import contact_of
from closeknit.measures.passes.kinds import CodeWay, Consent, holders, open_objections
from closeknit.measures.passes.rules import Status
from closeknit.measures.passes.standing import statuses
from closeknit.policy.packs import policy
from closeknit.registry.known import canonical
from closeknit.registry.reading.names import area_of_person

WAYS, CONSENTS = {each.value: each.label for each in CodeWay}, {each.value: each.label for each in Consent}
UNTIL_CHANGED = Text("until a record changes it", "至有新的记录为止")
APPEAL = Text(
    "Who thinks that it is wrong says so at any time, spoken, on paper, by telephone or on their own page: {who}. Somebody looks at the "
    "records and answers within {n} hours; what is wrong is put right, and the status changes by itself.",
    "本人认为有误的，可随时当面、书面、电话或在个人查询页提出：{who}。工作人员核查记录并在 {n} 小时内答复，记录更正后状态自动更新。",
)


def evidence(found: Status) -> list[Event]:
    """The records on which a status rests, the earliest first."""
    rows = Event.objects.filter(id__in=[UUID(each) for each in found.evidence]).defer("personal", "digest")
    return sorted(rows, key=lambda event: event.order)


def appeal(area: str) -> Text:
    """How somebody who lives there objects, and by when they are answered."""
    village = Area.objects.names([area]).get(area, area)
    return APPEAL.format(who=contact_of(area, village), n=policy(area).get("passes.objection_within_h"))


def person(request: Request, code: str) -> HttpResponse:
    """The page; each reading of it is in the trail of the person."""
    one = canonical("person", [code]).get(code, code)
    if one != code:
        return redirect("passes.person", code=one)
    trail.read(request.account, request.screen.name, [code], purpose="status", path=request.path)
    now, lies_in = clock.now(), area_of_person(code) or ""
    ((_, found),) = statuses([code], now).items()
    called = names.persons([code], full=names.in_full(request.account, "passes.record")).get(code)
    context: dict[str, Any] = {
        "badge": Badge(found.label, found.tone), "status": found, "facts": _facts(found, lies_in), "now": now,
        "evidence": [(each, kinds()[each.kind].label, links.to("register.event", event=str(each.id))) for each in evidence(found)],
        "code": _code(code), "objections": _objections(request, code), "appeal": appeal(lies_in),
    }  # fmt: skip
    area = Area.objects.current().get(code=lies_in)
    crumbs = [*links.above(request.account, area, "passes.codes"), (area.name, links.to("passes.people", area=area.code))]
    heading = (called.name if called else "") or names.code_words(code)
    return show(request, "passes/person.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, code, found))


def _facts(found: Status, area: str) -> Facts:
    pack = policy(area)
    return Facts(
        [
            (Text("Rule", "依据规则"), found.why), (Text("Until", "有效至"), found.until or UNTIL_CHANGED),
            (Text("What to do", "如何办理"), found.next), (Text("Rules in force", "现行规则"), pack.name),
        ]
    )  # fmt: skip


def _code(code: str) -> Facts | None:
    event = holders(clock.now(), persons=[code]).get(code)
    if event is None:
        return None
    told = event.told()
    pairs = [
        (Text("How they have it", "持码方式"), WAYS[told["way"]]),
        (Text("Their consent", "本人同意"), CONSENTS.get(told.get("consent", ""))),
        (Text("Who obtains and shows it", "代办人"), told.get("helper")), (Text("Since", "办理时间"), event.at),
    ]  # fmt: skip
    return Facts([(label, value) for label, value in pairs if value])


def _objections(request: Request, code: str) -> Iterable[tuple[Event, str, str]]:
    said = open_objections(clock.now(), person=code)
    return [(each, str(each.told().get("words", "")), links.to("passes.answer", event=str(each.id))) for each in said]


def _actions(request: Request, code: str, found: Status) -> list[Action]:
    if not can(request.account, "passes.record"):
        return []
    asked = urlencode({"person": code, "next": request.path})
    ways = (
        ("passes.code_given", Text("Give a code", "办理通行码"), "id-badge-2"),
        ("passes.code_ended", Text("End the code", "注销通行码"), "ban"),
        ("passes.objected", Text("Record an objection", "登记异议"), "message-2"),
    )  # fmt: skip
    return [Action(label, f"{links.to('records.record', kind=kind)}?{asked}", icon) for kind, label, icon in ways]
