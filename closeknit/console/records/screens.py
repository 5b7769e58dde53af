"""Recording anything, putting it right, withdrawing it, taking it back."""

from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.roles import WORK_OF
from closeknit.access.scope import can, visible
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import finding, links, saving
from closeknit.console.records.entering import Entering
from closeknit.console.records.words import sentence
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import REFERENCES, Kind, kinds
from closeknit.ledger.models import Event
from closeknit.ledger.record import writing
from closeknit.policy.packs import policy
from closeknit.reports.figures import is_asked

RECORDED = Text("Recorded: {kind}", "已登记：{kind}")
PUT_RIGHT = Text("Put right. Both versions are kept.", "已更正，前后两条均保留。")
WITHDRAWN = Text("Withdrawn. The record is kept and counts no more.", "已作废，原记录保留但不再计入。")
UNDONE = Text("Undone.", "已撤销。")
CORRECT = Text("Put right: {kind}", "更正：{kind}")
WITHDRAW = Text("Withdraw a record", "作废记录")
MOST_UNDONE = 20
WHY = FormField("reason", Text("Why it is withdrawn", "作废原因"), "long_text", required=True)


def permission(kind: Kind, verb: str) -> str:
    """The permission of a verb (view, record, manage) for a kind."""
    return f"{WORK_OF.get(kind.measure, kind.measure)}.{verb}"


def kind_for(account: Account, name: str, verb: str) -> Kind:
    """The kind of that name. What the pack in force lacks is not there; what the role may not do is refused."""
    kind = kinds().get(name)
    if kind is None or not is_asked(kind, policy(account.area)):
        raise Http404
    if not can(account, permission(kind, verb)):
        raise PermissionDenied
    return kind


def record(request: Request, kind: str) -> HttpResponse:
    """The form of a kind; what was named in the query is filled in."""
    if kind in kinds() and not kinds()[kind].by_form:
        raise Http404
    declared = kind_for(request.account, kind, "record")
    entering = Entering(request.account, declared, request.GET, request.POST if request.method == "POST" else None)
    answer = entering.recorded() if entering.posted is not None else None
    back = links.ours(request.POST.get("next") or request.GET.get("next", ""), "")
    if answer is None:
        return _form(request, entering, declared.label, back)
    back = back or _home_of(entering)
    told(request, answer.id, RECORDED.format(kind=declared.label), back)
    return redirect(back)


def told(request: Request, event_id: str, text: Text, back: str, *more: str) -> None:
    """Says that something was recorded, with its undo; `more` are the ids of what was recorded with it and is undone with it."""
    query = {"next": back, **({"more": " ".join(more)} if more else {})}
    undo = f"{reverse('records.undo', args=[event_id])}?{urlencode(query)}"
    tell(request, text, undo=undo if len(more) < MOST_UNDONE else "")


def _home_of(entering: Entering) -> str:
    """Where one goes on when nobody said where: to the household or person, else to the list of what was recorded."""
    codes = {each.reference: each.chosen for each in entering.asked if each.chosen}
    pages = (links.to(f"register.{name}", code=codes[name]) for name in ("household", "person") if name in codes)
    return next(filter(None, pages), "") or reverse("records.list", args=[entering.kind.name])


def _form(request: Request, entering: Entering, heading: Text, back: str) -> HttpResponse:
    wrong = entering.posted is not None
    codes = [each.chosen for each in entering.asked if each.chosen and each.reference != "place"]
    offered = [one.code for each in entering.asked for one in each.offered if each.reference != "place"]
    trail.read(request.account, request.screen.name, [*codes, *offered], path=request.path)
    main, folded = entering.parts
    context = {"entering": entering, "form": entering.form, "main": main, "folded": folded, "next": back, "cancel": back}
    return show(request, "console/records/record.html", context, heading=heading, status=422 if wrong else 200)


@require_GET
def find(request: Request, reference: str) -> HttpResponse:
    """The choices that answer to what was typed so far: a fragment of the form."""
    if reference not in REFERENCES:
        raise Http404
    if not finding.may_find(request.account, reference):
        raise PermissionDenied
    typed = request.GET.get(f"ref_{reference}", "")[:80]
    hits = finding.found(request.account, reference, typed)
    trail.read(request.account, request.screen.name, [one.code for one in hits] if reference != "place" else (), path=request.path)
    asked = finding.Asked(reference, False, typed, hits[0].code if len(hits) == 1 else "", tuple(hits))
    return render(request, "console/records/offered.html", {"asked": asked, "none": typed.strip() and not hits})


@require_POST
def undo(request: Request, event: UUID) -> HttpResponse:
    """Withdraws what one recorded a moment ago, and what was recorded with it."""
    try:
        more = [UUID(each) for each in request.GET.get("more", "").split()[:MOST_UNDONE]]
    except ValueError as error:
        raise Http404 from error
    try:
        with writing():
            gone = saving.undo(request.account, event)
            for each in more:
                saving.undo(request.account, each)
    except Invalid as invalid:
        tell(request, invalid.text, tone="watch")
    else:
        if gone is None:
            raise Http404
        tell(request, UNDONE, tone="info")
    return redirect(links.ours(request.GET.get("next", ""), reverse("console.home")))


def _standing(request: Request, event: UUID) -> tuple[Event, Kind]:
    """The record, where this account may put it right: its own where it records, others' where it manages; of whereabouts only its own."""
    held = visible(Event.objects.filter(superseded_at__isnull=True), request.account).filter(id=event).first()
    if held is None or not kinds()[held.kind].by_form:
        raise Http404
    own = held.device == saving.device(request.account) or held.member == saving.author(request.account)
    kind = kind_for(request.account, held.kind, "record" if own else "manage")
    if kind.whereabouts and not own:
        raise PermissionDenied
    return held, kind


def correct(request: Request, event: UUID) -> HttpResponse:
    """The form of a record that stands, filled with what it says; a reason is asked for."""
    held, kind = _standing(request, event)
    entering = Entering(request.account, kind, request.GET, request.POST if request.method == "POST" else None, corrects=held)
    answer = entering.recorded() if entering.posted is not None else None
    back = links.ours(request.POST.get("next") or request.GET.get("next", ""), "")
    if answer is None:
        return _form(request, entering, CORRECT.format(kind=kind.label), back)
    tell(request, PUT_RIGHT)
    return redirect(back or links.to("register.event", event=answer.id) or reverse("records.list", args=[kind.name]))


def withdraw(request: Request, event: UUID) -> HttpResponse:
    """Withdraws a record with a reason; nothing takes its place."""
    held, kind = _standing(request, event)
    back = links.ours(request.POST.get("next") or request.GET.get("next", ""), reverse("records.list", args=[kind.name]))
    form = Form([WHY], request.POST if request.method == "POST" else None)
    if form.valid():
        reason = {"reason": form.values["reason"]}
        void = saving.Entry(uuid5(held.id, "withdrawn"), "ledger.voided", held.area, reason, corrects=held.id)
        try:
            saving.save(request.account, void)
        except Invalid as invalid:
            form.refuse("reason", invalid.text)
        else:
            tell(request, WITHDRAWN)
            return redirect(back)
    context = {"form": form, "line": sentence(held, dated=True), "next": back, "cancel": back}
    return show(request, "console/records/withdraw.html", context, heading=WITHDRAW, status=422 if form.errors else 200)
