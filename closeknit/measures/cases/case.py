"""One case: drafted from an act, looked through by somebody else, published or sent back, taken down; and its plain text."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts, Notice
from closeknit.console.records import asking, links, names
from closeknit.console.records.saving import Entry, author, guard
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.cases.standing import STATES, Case, one
from closeknit.measures.cases.wording import drafted, leaks, township
from closeknit.measures.inspections.kinds import Act, acts_of
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

DRAFTED = "cases.drafted"
DONE = Text("Drafted. Somebody else looks it through before it goes out.", "已起草，须由他人审核后发布。")
LEAK = Text("“{piece}” is {why} and must not go out: take it out.", "“{piece}”为{why}，不得公开。请删去或改为“某某”。")
OWN_HAND = Text("You wrote this case yourself. Somebody else looks it through.", "案例由您起草，须由他人审核。")
MANAGE = Text("Only who manages inspections publishes a case.", "仅监督检查管理人员可发布案例。")
NO_STEP = Text("This cannot follow: the case stands differently by now.", "案例状态已变化，不能办理此步。")
SET_ASIDE = Text("The act was set aside: take the case down, or do not publish it.", "该处置已撤销，案例不得发布，已发布的请撤下。")
NEXT = {
    "published": ({"cases.drafted"}, Text("Publish", "发布"), "world"),
    "returned": ({"cases.drafted"}, Text("Send back", "退回"), "arrow-back-up"),
    "withdrawn": ({"cases.published"}, Text("Take down", "撤下"), "eye-off"),
}  # fmt: skip
SAID = {
    "published": Text("Published. Everybody may read it.", "已发布，公众可查看。"), "returned": Text("Sent back.", "已退回。"),
    "withdrawn": Text("Taken down.", "已撤下。"),
}  # fmt: skip


def _held(code: UUID) -> Case:
    found = one(str(code))
    if found is None:
        raise Http404
    return found


def area_of_case(case: UUID, **rest: str) -> str | None:
    """Where a case was drafted; None where there is none."""
    found = one(str(case))
    return found.first.area if found else None


def steps_of(act: Act) -> list[Event]:
    """The records of an act that hold names."""
    return [event for event in (*act.writings, act.served) if event]


def draft(request: Request, act: str, code: str) -> HttpResponse:
    """Drafts a case from an act, or drafts it anew; what was taken out by rule stays out."""
    row = Place.objects.current().filter(code=code).first()
    found = acts_of(code, row.area).get(act) if row else None
    if row is None or found is None:
        raise Http404
    pack, area = policy(row.area), row.area
    title, text = drafted(found, row, found.state(clock.now(), pack.timezone), pack, steps_of(found))
    known = one(request.GET.get("case", "")[:36])
    held = known if known and known.first.place == code else None
    told = held.draft.told() if held else {"title": title, "text": text}

    def entries(values: dict[str, Any], event: UUID) -> list[Entry]:
        data = {**asking.said(DRAFTED, values, area), "act": act, **({"case": held.code} if held else {})}
        return [Entry(event, DRAFTED, area, data, {"place": code})]

    fields = asking.fields(DRAFTED, "title", "text", title={"type": "text"}, text={"type": "long_text"})
    back = reverse("cases.case", args=[held.code]) if held else links.to("cases.list", area=area)
    heading = Text("Draft a case", "起草案例")
    return asking.respond(request, asking.Asking(fields, entries, DONE, back), initial=told, heading=heading,
                          crumbs=[(row.name, links.to("acts.act", act=act, code=code))])  # fmt: skip


def case(request: Request, case: UUID) -> HttpResponse:
    """One case, with its next steps."""
    held = _held(case)
    told = held.draft.told()
    who = names.members({each.member for each in held.steps})
    facts = Facts([
        (Text("State", "状态"), Badge(*STATES[held.state])), (Text("Drafted by", "起草人"), who.get(held.draft.member, held.draft.member)),
        (Text("Last step", "最近办理"), held.steps[-1].at),
        *([(Text("Reason", "原因"), held.steps[-1].told()["reason"])] if "reason" in held.steps[-1].told() else []),
    ])  # fmt: skip
    act = held.act
    notices = [Notice(SET_ASIDE, "bad")] if act and act.set_aside else []
    area = township(held.first.area)
    crumbs = [(area.name, links.to("cases.list", area=held.first.area))]
    context = {"facts": facts, "title": told["title"], "text": told["text"], "notices": notices, "area": area}
    return show(request, "cases/case.html", context, crumbs=crumbs, actions=_actions(request, held))


def _actions(request: Request, held: Case) -> list[Action]:
    made = []
    if can(request.account, "inspections.manage"):
        made = [
            Action(word, reverse("cases.say", args=[what, held.code]), icon, primary=what == "published")
            for what, (after, word, icon) in NEXT.items() if held.state in after
        ]  # fmt: skip
    if can(request.account, "inspections.record") and held.state != "cases.published":
        again = f"{reverse('cases.draft', args=[held.first.data.get('act', '-'), held.first.place])}?case={held.code}"
        made.append(Action(Text("Write anew", "修改"), again, "pencil"))
    if held.published:
        made.append(Action(Text("As text", "纯文本"), reverse("cases.text", args=[held.code]), "file-text"))
    return made


def say(request: Request, what: str, case: UUID) -> HttpResponse:
    """The step of somebody who looks a case through: the text once more, and what follows."""
    if what not in NEXT:
        raise Http404
    held, name = _held(case), f"cases.{what}"
    told, back = held.draft.told(), reverse("cases.case", args=[case])

    def entries(values: dict[str, Any], event: UUID) -> list[Entry]:
        data = {"case": held.code, **asking.said(name, values, held.first.area)}
        if what != "published":
            return [Entry(event, name, held.first.area, data)]
        return [Entry(event, name, township(held.first.area).code, {**data, "title": told["title"], "text": told["text"]})]

    fields = asking.fields(name, *(() if what == "published" else ("reason",)))
    asked = asking.Asking(fields, entries, SAID[what], back)
    context = {"title": told["title"], "text": told["text"], "submit": NEXT[what][1]}
    heading = Text("{step}: typical case", "典型案例：{step}", step=NEXT[what][1])
    return asking.respond(request, asked, heading=heading, crumbs=[(told["title"], back)], template="cases/say.html", context=context)


def text(request: Request, case: UUID) -> HttpResponse:
    """A published case as plain text, to copy."""
    out = _held(case).published
    if out is None:
        raise Http404
    return HttpResponse(f"{out.data['title']}\n\n{out.data['text']}\n", content_type="text/plain; charset=utf-8")


def _clean(entry: Entry, place: Place | None, act: Act | None) -> None:
    """Raises `Invalid` for the first piece that must not go out."""
    for name in ("title", "text"):
        for leak in leaks(str(entry.data.get(name, "")), place, steps_of(act) if act else ()) if place else ():
            raise Invalid(f"data.{name}", "personal", LEAK.format(piece=leak.piece, why=leak.why))


def drafts(account: Account, entry: Entry) -> None:
    """Nothing personal stands in a draft, and nothing by which the shop is found."""
    place = Place.objects.current().filter(code=entry.references.get("place", "")).first()
    _clean(entry, place, acts_of(place.code, place.area).get(str(entry.data.get("act", ""))) if place else None)


def steps(account: Account, entry: Entry) -> None:
    """Looked through by somebody who manages and has not written it; what is out is clean and its act stands."""
    what, held = entry.kind.partition(".")[2], one(str(entry.data.get("case", "")))
    if not can(account, "inspections.manage"):
        raise Invalid("", "manage", MANAGE)
    if held is None or held.state not in NEXT[what][0]:
        raise Invalid("", "no_step", NO_STEP)
    if what == "published":
        if author(account) in held.hands:
            raise Invalid("", "own_hand", OWN_HAND)
        act = held.act
        if act is None or act.set_aside:
            raise Invalid("", "set_aside", SET_ASIDE)
        _clean(entry, held.place, act)


guard(DRAFTED, drafts)
for what in NEXT:
    guard(f"cases.{what}", steps)
