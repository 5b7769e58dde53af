"""One problem: where it stands, what has happened, and the next step."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts, Notice
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.measures.command.kinds import moment
from closeknit.measures.supervision.folding import CLOSED
from closeknit.measures.supervision.kinds import LookBack
from closeknit.measures.supervision.listing import lines, new_problem, query
from closeknit.measures.supervision.models import Problem
from closeknit.measures.supervision.projections import Problems
from closeknit.measures.supervision.rules import steps
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

STEPS = {
    ("supervision.handed_over", ""): (Text("Hand over", "当面交办"), "user"),
    ("supervision.rectified", ""): (Text("Put right", "登记整改"), "check"),
    ("supervision.looked_back", "closed"): (Text("Looked back: close", "回头看：销号"), "circle-check"),
    ("supervision.looked_back", "reopened"): (Text("Looked back: reopen", "回头看：重新整改"), "refresh"),
}
STEP_WORDS = {
    "supervision.found": Text("found", "发现"),
    "supervision.handed_over": Text("handed over to", "当面交办"),
    "supervision.rectified": Text("put right", "整改完成"),
    "supervision.looked_back": Text("looked back", "回头看"),
}

OTHERS = Text(
    "This number belongs to a problem outside your area. Take another number, or ask whoever is responsible there.",
    "该编号属于辖区外的问题。请改用其他编号，或联系当地负责人。",
)


IS_CLOSED = Text(
    "This problem was closed on {day} and needs no further step. Where it is there again, record a new problem with the same words: it "
    "counts as a repeat. Where it was closed by mistake, put the look-back right.",
    "该问题已于 {day} 销号，无需再登记。如问题再次出现，请以相同名称登记新问题，计为重复发生；如系误销号，请更正原回头看记录。",
)
WENT_ON = Text(
    "This problem was closed, and something was recorded of it afterwards. Open the last line: withdraw it where it is one too many, "
    "else go on with the problem.",
    "该问题销号后又有登记。请打开最后一条记录：多登的予以作废，确有问题的继续整改。",
)
PARTIES = Text("Four parties", "四方责任")
AGAIN = Text("The same again", "再次发现同样问题")


def area_of_problem(code: str) -> str | None:
    """Where a problem was found; None where there is none of that number."""
    found: str | None = Problem.objects.filter(topic=code).values_list("area", flat=True).first()
    return found


def may_go_on(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the number is a problem's that lies outside the account's area (nobody closes, or takes over, another's), or
    one's that is closed: it takes no further step, and its number no second problem."""
    row = Problem.objects.filter(topic=str(entry.data.get("problem", ""))).first()
    if row is not None and not in_scope(account, row.area):
        raise Invalid("data.problem", "outside", OTHERS)
    if row is not None and row.state == CLOSED and entry.corrects is None:
        raise Invalid("data.problem", "closed", IS_CLOSED.format(day=f"{localtime(row.changed_at):%Y-%m-%d}"))


for kind in Problems.kind_names():
    guard(kind, may_go_on)


def problem(request: Request, code: str) -> HttpResponse:
    """One problem with its timeline; the buttons of the next step for those who record."""
    row = Problem.objects.filter(topic=code).first()
    if row is None:
        raise Http404
    pack, area = policy(row.area), Area.objects.current().get(code=row.area)
    (line,) = lines([row], pack, moment(request, pack).now)
    events = list(Event.objects.filter(kind__in=Problems.kind_names(), topic=code).order_by(*TOTAL_ORDER))
    told = _told(events)
    place = Place.objects.current().filter(code=row.place).first() if row.place else None
    facts = Facts(
        [
            (Text("State", "状态"), line.badge), (Text("Responsible unit", "责任单位"), line.unit), (Text("Owner", "责任人"), line.owner),
            (Text("Severity", "程度"), line.severity), (Text("Found", "发现时间"), row.found_at), (Text("Due", "整改期限"), line.due_by),
            (Text("Times reopened", "重新整改次数"), row.times_reopened), *([(Text("Place", "场所"), place.name)] if place else []),
        ]
    )  # fmt: skip
    context = {
        "facts": facts,
        "odd": Notice(WENT_ON, "watch") if row.after_closing else None,
        "timeline": [(event, text, links.to("register.event", event=str(event.id))) for event, text in zip(events, told, strict=True)],
    }
    crumbs = [*links.above(request.account, area, "supervision.problems"), (area.name, reverse("supervision.problems", args=[area.code]))]
    heading = Text("{number} {title}", "{number} {title}", number=code, title=row.title[:80])
    return show(request, "supervision/problem.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, row))


def _told(events: list[Event]) -> list[Text]:
    """Each step as a sentence with names instead of codes."""
    called = names.members({event.member for event in events} | {event.data.get("to", "") for event in events})
    return [_sentence(event, called) for event in events]


def _sentence(event: Event, called: dict[str, str]) -> Text:
    data = event.data
    outcome = next((each.label for each in LookBack if each.value == data.get("outcome")), "")
    words = called.get(data.get("to", ""), data.get("to", "")) or data.get("title") or data.get("evidence") or outcome
    what = STEP_WORDS[event.kind]
    at = localtime(event.at).strftime("%Y-%m-%d %H:%M")
    pattern = (
        Text("{at} {who} · {what}: {words}", "{at} {who} {what}：{words}") if words else Text("{at} {who} · {what}", "{at} {who} {what}")
    )
    return pattern.format(at=at, who=called.get(event.member, event.member), what=what, words=words)


def _actions(request: Request, row: Problem) -> list[Action]:
    return [*_next_steps(request, row), *_parties(row)]


def _parties(row: Problem) -> list[Action]:
    """The way to the four parties who answer for the problem: to name them, or to read who they are, by what the reader may."""
    name, read = (links.to(f"parties.{screen}", area=row.area) for screen in ("name", "list"))
    url = f"{name}?{query(problem=row.topic)}" if name else f"{read}?{query(q=row.topic)}" if read else ""
    return [Action(PARTIES, url, "link")] if url else []


def _next_steps(request: Request, row: Problem) -> list[Action]:
    if not can(request.account, "supervision.record"):
        return []
    known = {"area": row.area, "place": row.place, "next": request.path}
    if row.state == CLOSED:
        return [Action(AGAIN, new_problem(request.account, unit=row.unit, title=row.title, severity=row.severity, **known), "refresh")]
    made = []
    for number, (kind, outcome) in enumerate(steps(row.state)):
        word, icon = STEPS[kind, outcome]
        asked = query(problem=row.topic, outcome=outcome, **known)
        made.append(Action(word, f"{reverse('records.record', args=[kind])}?{asked}", icon, primary=number == 0))
    return made
