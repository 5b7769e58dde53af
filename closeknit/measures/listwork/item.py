"""One item: who is meant, what is asked, and all that was said of it."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts, Notice
from closeknit.console.records import links
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import moment
from closeknit.measures.lists.kinds import Item
from closeknit.measures.listwork.listing import BY, Line, dressed
from closeknit.policy.packs import Policy, policy

LABELS = (
    ("name", Text("Name", "姓名")), ("id_no", Text("ID number", "证件号码")), ("phone", Text("Telephone", "联系电话")),
    ("address", Text("Address", "地址")), ("village", Text("Village as written", "所属村（原文）")),
    ("reason", Text("Why they are on the list", "推送原因")), ("category", Text("Category", "类别")),
    ("origin", Text("Comes from", "来源地")), ("seen_at", Text("Seen", "出现时间")), ("seen_where", Text("Where", "出现地点")),
    ("note", Text("Note", "备注")),
)  # fmt: skip


NOT_FOUND = Text("Not in the register", "不在册")
DOUBTFUL, COLOUR = Text("in doubt", "待判"), Text("{written} ({read})", "{written}（{read}）")
PRIVATE = ("id_no", "address", "note", "village")  # for those who do the work
OPENED = Text(
    "What follows for the person is ordered in its own place, with rule and evidence.", "管控措施另行依规办理，名单及颜色不作为依据。"
)


def item(request: Request, item: str) -> HttpResponse:
    """The item with its facts, its history, and the presses of the next step; who is shown is written to the trail."""
    held = Item.objects.filter(topic=item).first()
    if held is None:
        raise Http404
    pack, area = policy(held.area), Area.objects.current().get(code=held.area)
    (line,) = dressed(request, moment(request, pack).now, held.area, [held])
    trail.read(request.account, request.screen.name, [held.person or f"item:{held.topic}"], path=request.path)
    steps = _steps(held)
    lines = zip(steps, sentences(steps, policy=pack, dated=True), strict=True)
    context = {
        "facts": Facts([*_standing(line, pack), *_said(line, pack)]),
        "person": links.to("register.person", code=held.person) if held.person else "",
        "presses": line.presses if can(request.account, "lists.record") else None,
        "history": [(event, words, links.to("register.event", event=str(event.id))) for event, words in lines],
        "why": Notice(OPENED) if pack.has("isolation") else None,
    }
    crumbs = [*links.above(request.account, area, "lists.items"), (area.name, reverse("lists.items", args=[area.code]))]
    return show(request, "lists/item.html", context, heading=line.name, crumbs=crumbs, actions=_actions(request, line))


def _standing(line: Line, pack: Policy) -> list[tuple[Text, object]]:
    held = line.item
    every = (
        (Text("State", "状态"), line.badge), (Text("To be verified by", "核查时限"), held.deadline), (Text("Area", "地区"), line.area_name),
        (Text("List", "名单"), held.list), (Text("Sort of list", "名单类型"), line.source), (Text("Times pushed", "推送次数"), held.times),
        (Text("In the register", "名册比对"), BY["how"].get(held.how, NOT_FOUND)), (Text("Screened, controlled", "排查管控"), line.control),
        (Text("Measure", "管理措施"), BY["measure"].get(held.measure) if pack.has("isolation") else None),
        (Text("Colour", "颜色"), _colour(line) if pack.has("health_code") else None), (Text("Seen since", "其间走访"), line.hint),
    )  # fmt: skip
    return [(label, value) for label, value in every if value]


def _colour(line: Line) -> str:
    read = BY["colour"].get(line.item.colour, DOUBTFUL if line.item.colour_doubtful else "")
    return str(COLOUR.format(written=line.told["colour"], read=read)) if line.told.get("colour") else ""


def _said(line: Line, pack: Policy) -> list[tuple[Text, object]]:
    shown = {**line.told, "name": line.name, "phone": line.phone}
    return [(label, shown[name]) for name, label in LABELS if shown.get(name) and (line.full or name not in PRIVATE)]


def _steps(held: Item) -> list[Event]:
    """What was said of it, in its order; the item's own code is left out, for it is on every line."""
    steps = sorted(Event.objects.filter(topic=held.topic, kind__startswith="lists."), key=lambda event: event.order)
    for event in steps:
        event.data = {name: value for name, value in event.data.items() if name not in ("item", "candidates", "same_as")}
    return steps


def _actions(request: Request, line: Line) -> list[Action]:
    held = line.item
    if not can(request.account, "lists.manage") or line.presses is None:
        return []
    return [Action(Text("Who it is, where it belongs", "比对、分派、退回"), links.to("lists.decide", item=held.topic), "zoom-check")]
