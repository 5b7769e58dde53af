"""Objections to a status: open ones first, answered by somebody who looked at the records; nobody answers by setting a status."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from closeknit.access import trail
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, where
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Badge, Empty, Facts
from closeknit.console.records import links, names
from closeknit.console.records.questions import codes
from closeknit.console.records.saving import Entry, save
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.isolation.kinds import homes_of
from closeknit.measures.passes.kinds import PassAnswered, PassObjected, PassOutcome, is_late, open_objections
from closeknit.policy.packs import policy

OBJECTIONS, ANSWER = Text("Objections to a status", "通行状态异议"), Text("Answer an objection", "答复异议")
OUTCOMES = {each.value: each.label for each in PassOutcome}
OPEN, LATE = Badge(Text("open", "待答复"), "watch"), Badge(Text("late", "超时"), "bad")
ANSWERED = Text("Answered. Tell the person.", "已答复，请告知本人。")
NONE = Empty(
    Text("No objection to a status", "暂无异议"),
    Text("Whoever thinks that a status is wrong says so: at a desk, by telephone, on their page.", "本人可当面、电话或在查询页提出。"),
    icon="message-2",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One objection as the list shows it."""

    event: Event
    name: str
    state: Badge
    words: str


def objections(request: Request, area: str) -> HttpResponse:
    """The objections of who lives in an area."""
    row, pack, now = Area.objects.current().get(code=area), policy(area), clock.now()
    inside = set(Area.objects.below(area).values_list("code", flat=True))
    said = list(standing(PassObjected).order_by("-at"))
    homes = homes_of({each.person for each in said})
    here = [each for each in said if homes.get(each.person) in inside]
    open_now = {each.topic for each in open_objections(now)}
    answered = {each.topic: each for each in standing(PassAnswered).order_by("at").defer("personal", "digest")}
    called = names.persons({each.person for each in here}, full=names.in_full(request.account, "passes.manage"))
    hours = int(pack.get("passes.objection_within_h"))

    def state(each: Event) -> Badge:
        if each.topic not in open_now and each.topic in answered:
            return Badge(OUTCOMES[str(answered[each.topic].data["outcome"])], "good")
        return LATE if is_late(each, now, hours) else OPEN

    lines = [
        Line(each, called[each.person].name if each.person in called else each.person, state(each), str(each.told()["words"]))
        for each in here
    ]
    listing = Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda line: line.name, phone="title",
                   link=lambda line: links.to("passes.person", code=line.event.person)),
            Column("state", Text("State", "状态"), lambda line: line.state, sort=lambda line: str(line.state), phone="end"),
            Column("at", Text("When", "提出时间"), lambda line: line.event.at, sort=lambda line: line.event.at),
            Column("words", Text("In their words", "异议内容"), lambda line: line.words, phone="wide"),
        ),
        order="at", empty=NONE, codes=lambda line: [line.event.person],
        filters=(Filter("state", Text("State", "状态"), where(lambda line, value: (line.event.topic in open_now) is (value == "open")),
                        choices=[("open", Text("Open", "待答复")), ("answered", Text("Answered", "已答复"))]),) if lines else (),
    )  # fmt: skip
    crumbs = [*links.above(request.account, row, "passes.codes"), (row.name, links.to("passes.codes", area=area))]
    return listing.respond(request, lines, heading=Text("Objections: {area}", "{area} 通行状态异议", area=row.name), crumbs=crumbs)


def area_of_objection(event: UUID) -> str | None:
    """Where whoever objected lives."""
    person = Event.objects.filter(id=event, kind="passes.objected").values_list("person", flat=True).first()
    return homes_of([person]).get(person) if person else None


def answer(request: Request, event: UUID) -> HttpResponse:
    """Says what was found in the records; who corrected one has done so there."""
    held = standing(PassObjected).filter(id=event).first()
    if held is None or held.topic not in {each.topic for each in open_objections(clock.now())}:
        raise Http404
    fields = [
        FormField("outcome", Text("Outcome", "处理结果"), "choice", True, codes(PassOutcome)),
        FormField("reason", Text("What was found", "核查情况"), "long_text", required=True, maximum=400),
    ]
    form = Form(fields, request.POST if request.method == "POST" else None)
    trail.read(request.account, request.screen.name, [held.person], path=request.path)
    if form.valid() and _answered(request, held, form):
        tell(request, ANSWERED)
        return redirect("passes.person", code=held.person)
    back = links.to("passes.person", code=held.person)
    facts = Facts([(Text("In their words", "异议内容"), str(held.told()["words"])), (Text("When", "提出时间"), held.at)])
    context = {"form": form, "cancel": back, "facts": facts}
    return show(request, "passcodes/answer.html", context, crumbs=[(OBJECTIONS, back)], status=422 if form.errors else 200)


def _answered(request: Request, held: Event, form: Form) -> bool:
    data = {"objection": held.topic, "outcome": form.values["outcome"], "reason": form.values["reason"]}
    entry = Entry(uuid5(held.id, "answered"), "passes.objection_answered", held.area, data, {"person": held.person})
    try:
        save(request.account, entry)
    except Invalid as invalid:
        form.refuse(invalid.field.removeprefix("data."), invalid.text)
        return False
    return True
