"""One rumour: what is said, what came of checking it, with what it was answered, the next step."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, author, guard
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.measures.library.kinds import LibraryText, holding_in, must_be_covered
from closeknit.measures.rumours.listing import FINDINGS, HEARD_ON, Row, dressed, rows
from closeknit.measures.rumours.standing import Rumour, rumours
from closeknit.policy.packs import policy
from closeknit.registry.models import Member

TAKEN, CHECKED, ANSWERED = (f"outreach.rumour_{step}" for step in ("taken", "checked", "answered"))
UNKNOWN = Text("There is no rumour of this number in your area.", "辖区内没有该编号的谣言线索。")
NO_OWNER = Text("Nobody of that code works here. Look at the list of workers.", "没有该编号的工作人员，请查看工作人员名单。")
FIRST_CHECKED = Text("Check the rumour first, and say with whom.", "请先核实，并写明核实来源。")


def found(code: str) -> Rumour | None:
    """The rumour of this number."""
    return next(iter(rumours(code)), None)


def area_of_rumour(code: str) -> str | None:
    """Where a rumour was heard first; None where nobody heard it."""
    held = found(code)
    return held.heard.area if held else None


def of_a_rumour(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where nobody heard it in the account's area, the owner is nobody, or the answer is unchecked or not approved."""
    held = found(str(entry.data.get("rumour", "")))
    if held is None or not in_scope(account, held.heard.area):
        raise Invalid("data.rumour", "unknown", UNKNOWN)
    owner = str(entry.data.get("owner", ""))
    if owner and owner != author(account) and not Member.objects.current().filter(code=owner).exists():
        raise Invalid("data.owner", "unknown", NO_OWNER)
    if entry.kind == ANSWERED:
        if held.checked is None:
            raise Invalid("data.rumour", "not_checked", FIRST_CHECKED)
        must_be_covered(account, entry)


def heard_again(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where it is said to be the same as a rumour that nobody heard here."""
    same = str(entry.data.get("same_as", ""))
    if same and not in_scope(account, area_of_rumour(same)):
        raise Invalid("data.same_as", "unknown", UNKNOWN)


for step in (TAKEN, CHECKED, ANSWERED):
    guard(step, of_a_rumour)
guard("outreach.rumour_heard", heard_again)


def rumour(request: Request, code: str) -> HttpResponse:
    """The page of a rumour; that it was read is written to the trail."""
    held = found(code)
    if held is None:
        raise Http404
    area = Area.objects.current().get(code=held.heard.area)
    (row,) = dressed(request.account, rows([held], policy(area.code), clock.now()))
    trail.read(request.account, request.screen.name, [f"event:{held.heard.id}"], what="records", path=request.path)
    events = list(Event.objects.filter(kind__startswith="outreach.rumour_", topic=code).order_by(*TOTAL_ORDER))
    whole = names.in_full(request.account, "outreach.record")
    worded = zip(events, sentences(events, whole=whole, dated=True), strict=True)
    context = {
        "facts": _facts(row), "words": row.words, "answers": _answers(request, row) if not held.answered and held.checked else [],
        "timeline": [(event, text, links.to("register.event", event=str(event.id))) for event, text in worded],
    }  # fmt: skip
    crumbs = [*links.above(request.account, area, "rumours.list"), (area.name, reverse("rumours.list", args=[area.code]))]
    heading = Text("Rumour of {day}", "谣言线索 {day}", day=held.heard.at.astimezone(policy(area.code).timezone).strftime("%Y-%m-%d %H:%M"))
    return show(request, "rumours/rumour.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, row))


def _facts(row: Row) -> Facts:
    held = row.rumour
    return Facts([(label, value) for label, value in (
        (Text("State", "状态"), row.badge), (Text("Answer due", "答复期限"), row.due),
        (Text("Who owes the answer", "责任人"), row.whom.name if row.whom else ""),
        (Text("Telephone", "联系电话"), row.whom.dials if row.whom else ""),
        (Text("Heard on", "来源"), HEARD_ON[held.heard.data["heard_on"]]), (Text("Times heard", "听闻次数"), held.times),
        (Text("What came of it", "核实结果"), FINDINGS[held.checked.data["finding"]] if held.checked else ""),
        (Text("Checked with", "核实来源"), held.checked.data["source"] if held.checked else ""),
        (Text("Answered with", "答复文稿"), held.answered.data["text_id"] if held.answered else ""), (Text("Area", "地区"), row.area),
    ) if value])  # fmt: skip


def _form(request: Request, kind: str, row: Row, **more: str) -> str:
    pairs = {"rumour": row.rumour.code, "area": row.rumour.heard.area, "next": request.path, **more}
    return f"{reverse('records.record', args=[kind])}?{urlencode(pairs)}"


def _answers(request: Request, row: Row) -> list[Action]:
    """The approved texts with which it can be answered; none where the reader may not."""
    if not can(request.account, "outreach.record"):
        return []
    usable: list[LibraryText] = [each for each in holding_in(row.rumour.heard.area) if each.in_force]
    usable.sort(key=lambda each: (each.latest.written.data["about"] != "answer", each.code))
    pairs = [(each.code, version) for each in usable if (version := each.in_force)]
    return [
        Action(f"{text} {version.written.data['title']}", _form(request, ANSWERED, row, text_id=text, version=str(version.number)))
        for text, version in pairs
    ]


def _actions(request: Request, row: Row) -> list[Action]:
    if not can(request.account, "outreach.record"):
        return []
    again = {"area": row.rumour.heard.area, "next": request.path, "same_as": row.rumour.code}
    heard = f"{reverse('records.record', args=['outreach.rumour_heard'])}?{urlencode(again)}"
    actions = [Action(Text("Heard again", "再次听闻"), heard, "refresh")]
    if row.rumour.answered is None:
        actions = [
            Action(Text("Checked", "登记核实"), _form(request, CHECKED, row), "zoom-check", primary=row.rumour.checked is None),
            Action(Text("Who owes the answer", "明确责任人"), _form(request, TAKEN, row), "user"), *actions,
        ]  # fmt: skip
    return actions
