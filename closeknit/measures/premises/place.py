"""One place's history: what was found and when, what was ordered, what became of it; and inspecting it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts, Notice
from closeknit.console.records import asking, links
from closeknit.console.records.saving import Entry, author
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.inspections.kinds import ORDERS, STANDS, TONES, Act, Inspected, Premises, State, premises_of, raise_words, reaches
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place
from closeknit.registry.reading.places import category

KIND = "inspections.inspected"
MOST = 100
FOUND = {
    "found": Badge(Text("To put right", "待整改"), "watch"), "rectified": Badge(Text("To look back", "待复查"), "info"),
    "closed": Badge(Text("Closed", "已销号"), "good"), "reopened": Badge(Text("Reopened", "重新整改"), "bad"),
}  # fmt: skip
NONE = Empty(
    Text("Nobody has inspected here yet", "尚未检查"),
    Text(
        "Record the first inspection; what is found and ordered stands here from then on.", "请登记首次检查，发现的问题和处置将列于此处。"
    ),
    icon="clipboard-check",
)
DONE = Text("Inspection recorded.", "已登记检查。")
IDLE = Text(
    "On {day} something was lifted that did not stand, or had been lifted before. Open that line below: withdraw it where it is one too "
    "many; where the closure was never recorded, record the inspection that ordered it.",
    "{day} 登记的解除没有对应的执行中措施（可能重复解除）。请打开下方该条记录：多登的予以作废；漏登停业、查封的请补登检查。",
)
MORE = FormField("more", Text("Other findings", "其他问题"), "list", help=Text("One a line.", "每行一条。"))
RUN_HELP = Text("All that one run does bears one name.", "同一批次检查使用同一名称。")


def _place(code: str) -> Place:
    row: Place | None = Place.objects.current().filter(code=code).first()
    if row is None:
        raise Http404
    return row


def place(request: Request, code: str) -> HttpResponse:
    """The place's history, the latest first."""
    row = _place(code)
    pack, now, area = policy(row.area), clock.now(), Area.objects.current().get(code=row.area)
    held = premises_of([code], row.area).get(code) or Premises(code)
    low = [each for each in held.open_findings if not reaches(each, pack)]
    context = {
        "none": None if held.events else NONE,
        "facts": Facts([
            (Text("Category", "类别"), category(row.category)), (Text("Area", "地区"), area.name), (Text("Code", "编号"), code),
            (Text("Runs", "检查次数"), len(held.runs)), (Text("Findings open", "未销号问题"), len(held.open_findings)),
            (Text("Found again", "重复发现"), len(held.repeated)),
        ]),
        "raises": [
            *(Notice(raise_words(each, pack), "bad") for each in low),
            *(Notice(IDLE.format(day=f"{localtime(each.at):%Y-%m-%d}"), "watch") for each in held.idle),
        ],
        "acts": [_act(each, pack, now) for each in sorted(held.acts.values(), key=lambda act: act.made.order, reverse=True)],
        "findings": [(each, FOUND[each.state]) for each in reversed(held.findings)],
        "timeline": _timeline(code),
    }  # fmt: skip
    crumbs = [*links.above(request.account, area, "inspections.places"), (area.name, reverse("inspections.places", args=[area.code]))]
    return show(request, "premises/place.html", context, heading=row.name, crumbs=crumbs, actions=_actions(request, row, held, pack))


def _act(act: Act, pack: Policy, now: Any) -> tuple[Act, Text, Badge, str]:
    state = act.state(now, pack.timezone)
    url = links.to("acts.act", act=act.code, code=act.place)
    return act, ORDERS[act.action], Badge(state.label, TONES[state]), url


def _timeline(code: str) -> list[tuple[Event, str, str]]:
    said = Event.objects.filter(place=code, kind__regex=r"^(inspections|legality)\.").exclude(kind="inspections.transport_suspected")
    events = list(said.order_by("-at", "-arrival")[:MOST])
    return [
        (event, line, links.to("register.event", event=str(event.id)))
        for event, line in zip(events, sentences(events, dated=True), strict=True)
    ]


def _actions(request: Request, row: Place, held: Premises, pack: Policy) -> list[Action]:
    if not can(request.account, "inspections.record"):
        return []
    made = [Action(Text("Inspect", "登记检查"), reverse("inspections.inspect", args=[row.code]), "clipboard-check", primary=True)]
    if held.open_findings:
        made += [
            Action(Text("Put right", "登记整改"), _record(request, "rectified", row), "check"),
            Action(Text("Looked back: close", "复查：销号"), _record(request, "looked_back", row, outcome="closed"), "circle-check"),
            Action(Text("Looked back: reopen", "复查：重新整改"), _record(request, "looked_back", row, outcome="reopened"), "refresh"),
        ]
    ends = {act.action for act in held.acts.values() if act.state(clock.now(), pack.timezone) in (*STANDS, State.OVER)}
    words = {"close": Text("Lift the closure", "解除停业"), "seal": Text("Lift the sealing", "解除查封")}
    return made + [Action(word, _record(request, "lifted", row, action=action), "lock") for action, word in words.items() if action in ends]


def _record(request: Request, kind: str, row: Place, **query: str) -> str:
    asked = {"place": row.code, "area": row.area, **query, "next": request.path}
    return f"{reverse('records.record', args=[f'inspections.{kind}'])}?{urlencode(asked)}"


def checklist(pack: Policy) -> list[tuple[str, Text]]:
    """What the pack looks for. What is stored are the same words whatever language the form has, so that a repeat is known."""
    return [(each["zh"], Text(each["en"], each["zh"])) for each in pack.get("inspections.findings") or ()]


def run_of(request: Request, pack: Policy) -> str:
    """The run that the form begins with: of the address, else of this person's last inspection of today, else new."""
    today = clock.now().astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = standing(Inspected).filter(member=author(request.account), at__gte=today).order_by("-at", "-arrival").first()
    last = str(mine.data["run"]) if mine else f"{today.date().isoformat()} {request.account.shown_name}"
    return request.GET.get("run", "")[:200] or last


def inspect(request: Request, code: str) -> HttpResponse:
    """The inspection of one place: a tick for each thing found, and what was ordered on the spot."""
    row = _place(code)
    pack = policy(row.area)
    listed = checklist(pack)
    instead: dict[str, Any] = {
        "run": {"help": RUN_HELP, "maximum": 200}, "findings": {"choices": listed, "label": Text("Found here", "发现问题")},
        "evidence": {"help": Text("One a line: what was photographed or taken, and its number.", "每行一条：照片或材料及编号。")},
        "accompanied_by": {"help": Text("One a line; left empty: nobody.", "每行一个单位，无则不填。")},
    }  # fmt: skip
    names = ("run", "manner", "accompanied_by", "findings", "actions", "legal_basis", "evidence")
    fields = asking.fields(KIND, *names, **instead)
    at = [each.name for each in fields].index("findings") + 1

    def entries(values: dict[str, Any], event: UUID) -> list[Entry]:
        found = [*values["findings"], *(each for each in values["more"] if each not in values["findings"])]
        data = asking.said(KIND, {**values, "findings": found}, row.area)
        return [Entry(event, KIND, row.area, data, {"place": code})]

    back = reverse("inspections.place", args=[code])
    asked = asking.Asking([*fields[:at], MORE, *fields[at:]], entries, DONE, back)
    heading = Text("Inspect: {place}", "检查：{place}", place=row.name)
    return asking.respond(request, asked, initial={"run": run_of(request, pack)}, heading=heading, crumbs=[(row.name, back)])
