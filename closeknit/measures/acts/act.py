"""One act: what stands behind it, who ordered it by which power, how it reached the premises, what was objected, how it ends."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts, Notice
from closeknit.console.records import links
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import ORDERS, STANDS, TONES, Act, State, acts_of, offices, troubles
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

FREED = Text("Set aside: it binds nobody. Tell the premises, and take seals off.", "已撤销，不再具有约束力。请告知当事人并拆除封条。")
OVER = Text(
    "It has ended by itself. Take seals off, tell the premises that they are free, and record that it is lifted.",
    "期限届满自行结束。请拆除封条、告知当事人，并登记解除。",
)
STEPS = (
    ("written", Text("Set out on paper", "出具文书"), "file-text"), ("served", Text("Serve", "登记送达"), "check"),
    ("carried_out", Text("Carried out", "登记履行"), "circle-check"), ("lifted", Text("Lift", "解除"), "lock"),
    ("objected", Text("Objection", "提出异议"), "message-2"),
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """An act with its place and the pack that holds there."""

    act: Act
    place: Place
    pack: Policy

    @property
    def state(self) -> State:
        return self.act.state(clock.now(), self.pack.timezone)

    @property
    def office(self) -> Text | str:
        """The office that ordered it; empty where none did."""
        code = str(self.act.written.data["office"]) if self.act.written else ""
        known = offices(self.pack)
        return known[code].label if code in known else code

    @property
    def label(self) -> Text:
        return ORDERS[self.act.action]


def held(act: str, code: str) -> Held:
    """The act of that number at a place. Raises Http404 where there is none."""
    row = Place.objects.current().filter(code=code).first()
    found = acts_of(code, row.area).get(act) if row else None
    if row is None or found is None:
        raise Http404
    return Held(found, row, policy(row.area))


def act(request: Request, act: str, code: str) -> HttpResponse:
    """The page of one act."""
    one = held(act, code)
    now, area = clock.now(), Area.objects.current().get(code=one.place.area)
    wrong = [Notice(each.text, "bad") for each in troubles(one.act, now, one.pack)]
    notes = {State.SET_ASIDE: FREED, State.OVER: OVER}
    wrong += [Notice(notes[one.state], "watch")] if one.state in notes else []
    full = can(request.account, "inspections.record")
    events = steps_of(one.act)
    context = {
        "facts": _facts(one), "notices": wrong,
        "timeline": [
            (event, line, links.to("register.event", event=str(event.id)))
            for event, line in zip(events, sentences([_read(each, one) for each in events], dated=True), strict=True)
        ],
        "objections": [
            (each, each.told().get("words", ""), _say(one, "objection_decided", objection=each.topic)) if full else (each, "", "")
            for each in one.act.objections
        ],
    }  # fmt: skip
    crumbs = [
        *links.above(request.account, area, "acts.list"), (area.name, reverse("acts.list", args=[area.code])),
        (one.place.name, links.to("inspections.place", code=code)),
    ]  # fmt: skip
    heading = Text("{act}: {place}", "{act}：{place}", act=one.label, place=one.place.name)
    return show(request, "acts/act.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, one))


def steps_of(act: Act) -> list[Event]:
    """What is on record of the act, in order; objections that were decided with their decisions."""
    decided = {str(each.data["objection"]) for each in act.decisions}
    said = Event.objects.filter(place=act.place, kind="inspections.objected", topic__in=decided).order_by("at")
    found = [act.made, *act.writings, act.served, *act.told, *said, *act.objections, *act.decisions, act.review, act.ended]
    return sorted({event.id: event for event in found if event}.values(), key=lambda event: event.order)


def _read(event: Event, one: Held) -> Event:
    """The record as the history reads it: without the act's number, which the page has, and offices by their names."""
    read, known = copy(event), offices(one.pack)
    read.data = {name: value for name, value in event.data.items() if name not in ("act", "objection", "draw")}
    for name in {"office", "department"} & read.data.keys():
        read.data[name] = known[read.data[name]].label if read.data[name] in known else read.data[name]
    return read


def _facts(one: Held) -> Facts:
    act, paper = one.act, one.act.written.data if one.act.written else {}
    pairs: list[tuple[Text, Any]] = [
        (Text("State", "状态"), Badge(one.state.label, TONES[one.state])), (Text("Run", "检查批次"), act.run),
        (Text("Found", "发现问题"), "；".join(act.found)), (Text("Ordered by", "作出机关"), one.office),
        (Text("By which provision", "法律依据"), paper.get("legal_basis") or act.made.data.get("legal_basis")),
        (Text("Officers", "执法人员"), "；".join(paper.get("officers", ()))), (Text("Document number", "文书编号"), paper.get("number")),
        (Text("Premises were heard", "听取陈述申辩"), paper.get("heard")), (Text("Fine (yuan)", "罚款（元）"), paper.get("amount")),
        (Text("Until", "期限至"), act.end(one.pack.timezone)), (Text("Lifted when", "解除条件"), paper.get("condition")),
        (Text("Served", "送达时间"), act.served.at if act.served else None),
        (Text("Evidence", "佐证"), "；".join(act.made.data.get("evidence", ()))),
        (Text("Number", "处置编号"), act.code),
    ]  # fmt: skip
    return Facts([(label, value) for label, value in pairs if value not in (None, "")])


def _say(one: Held, what: str, **query: str) -> str:
    url = reverse("acts.say", args=[what, one.act.code, one.act.place])
    return f"{url}?{urlencode(query)}" if query else url


def possible(act: Act, state: State) -> set[str]:
    """The steps that may come next."""
    if state is State.OVER:
        return {"lifted", "objected"}
    if state not in STANDS:
        return set()
    steps = {"objected", "lifted" if act.action in ("close", "seal") else "carried_out"}
    if act.written is None or any(each.data["outcome"] == "changed" for each in act.decisions):
        steps.add("written")
    return steps | ({"served"} if act.written and act.served is None else set())


def _actions(request: Request, one: Held) -> list[Action]:
    query = {"act": one.act.code, "code": one.act.place}
    notice = (
        [Action(Text("Notice", "文书"), reverse("acts.notice", args=[one.act.code, one.act.place]), "printer")] if one.act.written else []
    )
    if not can(request.account, "inspections.record"):
        return notice
    may = possible(one.act, one.state)
    made = [Action(word, _say(one, what), icon) for what, word, icon in STEPS if what in may]
    made = [Action(each.label, each.url, each.icon, primary=number == 0) for number, each in enumerate(made)]
    others = [
        Action(Text("Tell the department", "移送主管部门"), links.to("referrals.tell", **query), "file-export"),
        Action(Text("Draft a case", "起草案例"), links.to("cases.draft", **query), "report"),
    ]
    return [*made, *notice, *(each for each in others if each.url)]


def when(at: datetime, pack: Policy) -> str:
    """A time as a document writes it."""
    return at.astimezone(pack.timezone).strftime("%Y-%m-%d %H:%M")
