"""One directive as an area sees it: what is asked, from where it comes, what the area owes, and the tree of receipts below it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Actions, Badge, Empty, Facts, Progress
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import moment
from closeknit.measures.directives.kinds import ENDED, STATES, Channel, Directive, Node, Owed, What, concerning, directive_of, tree
from closeknit.policy.packs import policy
from closeknit.registry.members.answering import Callees, Whom

READ, ACTED = Text("I have read it", "已阅知"), Text("We have carried it out", "登记已落实")
CANNOT, TELL = Text("We cannot, because …", "反映困难"), Text("Note who was told", "登记传达")
VERSION, PASS, END = Text("New version", "修订新版"), Text("Pass it on", "向下转发"), Text("End it", "终止")
WHATS = {each.value: each.label for each in What}
CHANNELS = {each.value: each.label for each in Channel}
OLD_SOURCE = Text("{number}, version {n}", "{number} 第 {n} 版")
RENEWED = Text("{number}, version {n} (version {new} holds now)", "{number} 第 {n} 版（现行为第 {new} 版）")
OTHERS = [
    ("unread", Text("Not read", "未阅")), ("undone", Text("Not carried out", "未落实")), ("late", Text("Late", "逾期")),
    ("done", Text("Read and carried out", "已阅且已落实")),
]  # fmt: skip
NOBODY = Empty(Text("Nobody below this area has it", "本辖区以下无接收单位"))


@dataclass(frozen=True)
class Line:
    """A node of the tree as the list shows it."""

    node: Node
    whom: Whom | None
    said: str
    tell: str

    @property
    def name(self) -> str:
        return "　" * self.node.depth + self.node.area.name

    @property
    def state(self) -> str:
        return self.node.owed.state if self.node.owed else ""

    @property
    def badge(self) -> Badge | None:
        return STATES[self.state] if self.state else None

    @property
    def read(self) -> Progress | None:
        return Progress(self.node.read, self.node.due) if self.node.due > 1 else None

    @property
    def acted(self) -> Progress | None:
        return Progress(self.node.acted, self.node.to_act) if self.node.to_act > 1 else None

    @property
    def call(self) -> str | None:
        return f"{self.whom.name} {self.whom.dials}".strip() if self.whom else None

    @property
    def act(self) -> Actions | str:
        return Actions([Action(TELL, self.tell, "phone")]) if self.tell and self.state in ("unread", "late") else ""

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it; of a parent, whether any below it is meant is asked of the recipients alone."""
        groups = {"unread": ("unread", "late"), "undone": ("waiting", "cannot", "act_late"), "late": ("late", "act_late"),
                  "done": ("read", "acted")}  # fmt: skip
        return self.state in groups.get(state, ())


def _columns(may_tell: bool) -> tuple[Column, ...]:
    act = Column("act", Text("Next", "下一步"), lambda row: row.act, export=lambda row: "", phone="wide")
    return (
        Column("area", Text("Area", "单位"), lambda row: row.name, sort=lambda row: row.node.area.path, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, phone="end",
               sort=lambda row: (list(STATES).index(row.state) if row.state else len(STATES), row.node.area.path)),
        Column("said", Text("Who, when, how", "何人何时何种方式"), lambda row: row.said or None, phone="wide"),
        Column("read", Text("Read", "已阅"), lambda row: row.read, sort=lambda row: (row.node.read / row.node.due, row.node.area.path)),
        Column("acted", Text("Carried out", "已落实"), lambda row: row.acted,
               sort=lambda row: (row.node.acted / (row.node.to_act or 1), row.node.area.path)),
        Column("call", Text("Call", "联系人"), lambda row: row.call,
               link=lambda row: f"tel:{row.whom.dials}" if row.whom and row.whom.dials else ""),
        *((act,) if may_tell else ()),
    )  # fmt: skip


def found(request: Request, area: str, number: str) -> Directive:
    """The directive, where it was sent by the area, or to it, or to or by one below it; else it looks as if it were not there."""
    one = directive_of(number)
    if one is None:
        raise Http404
    below = set(Area.objects.below(area).filter(code__in=[*one.to, one.event.area]).values_list("code", flat=True))
    if not below:
        raise Http404
    return one


def directive(request: Request, area: str, number: str) -> HttpResponse:
    """The page of a directive."""
    one, pack = found(request, area, number), policy(area)
    at, row = moment(request, pack), Area.objects.current().get(code=area)
    every = concerning(one.event.area, until=at.now)
    nodes = tree(one, every, area, at.now, pack.timezone)
    own = next((node.owed for node in nodes if node.area.code == area and node.owed and node.owed.directive.number == number), None)
    shown = [node for node in nodes if node.area.code != area or len(nodes) > 1]
    may_tell = can(request.account, "directives.manage")
    listing = Listing(
        columns=_columns(may_tell), order="area", empty=NOBODY,
        filters=(Filter("show", Text("Show", "显示"), where(lambda line, state: line.is_in(state)), choices=OTHERS),),
        search=words_said(lambda line: (line.name, line.said, line.call or "")),
    )  # fmt: skip
    context: dict[str, Any] = {
        "odd": _odd(one) if may_tell and in_scope(request.account, one.event.area) else [],
        "one": one, "facts": _facts(one, own), "own": own, "own_says": own and _said(own, {}), "steps": _steps(request, row.code, own),
        "tree": bool(shown),
    }  # fmt: skip
    crumbs = [*links.above(request.account, row, "directives.list"), (row.name, reverse("directives.list", args=[area]))]
    heading = Text("{title}", "{title}", title=one.event.data["title"][:80])
    return listing.respond(
        request, _lines(shown, area, number, may_tell), template="issuing/directive.html", context=context, heading=heading,
        crumbs=crumbs, actions=_actions(request, area, one, own),
    )  # fmt: skip


def _odd(one: Directive) -> list[tuple[str, str]]:
    """Receipts that do not fit what was issued, in words, each with the way to its record."""
    areas = Area.objects.names({event.area for event in one.odd})
    people = names.members({code for event in one.odd for code in _members(event)})
    return [
        (f"{areas.get(event.area, event.area)} {_sentence(event, people)}", links.to("register.event", event=str(event.id)))
        for event in one.odd
    ]


def _lines(nodes: list[Node], area: str, number: str, may_tell: bool) -> list[Line]:
    callees = Callees((node.area.code, "") for node in nodes)
    people = names.members({code for node in nodes for event in node.receipts for code in _members(event)})
    tell = reverse("directives.told", args=[area, number]) if may_tell else ""

    def line(node: Node) -> Line:
        own = node.owed
        way = f"{tell}?{urlencode({'to': node.area.code})}" if tell and own and own.directive.number == number else ""
        return Line(node, callees.of(node.area.code), _said(own, people) if own else "", way)

    return [line(node) for node in nodes]


def _members(event: Event) -> tuple[str, ...]:
    return (event.member, event.data.get("told_by", ""), event.data.get("whom", ""))


def _said(owed: Owed, people: dict[str, str]) -> str:
    """What a recipient has said, or was told, in order: who, when, in what way."""
    receipts = owed.directive.receipts.get(owed.recipient, [])
    people = people or names.members({code for event in receipts for code in _members(event)})
    return "；".join(_sentence(event, people) for event in receipts)


def _sentence(event: Event, people: dict[str, str]) -> str:
    data = event.data
    told, whom = data.get("told_by") or event.member, data.get("whom", "")
    channel = CHANNELS.get(data.get("channel", ""), "") if data.get("channel") != "page" else ""
    who = f"{people.get(told, told)} → {people.get(whom, whom)}" if whom else people.get(told, told)
    parts = (localtime(event.at).strftime("%m-%d %H:%M"), who, str(channel), str(WHATS[data["what"]]), data.get("words", ""))
    return " ".join(filter(None, parts))


def _facts(one: Directive, own: Owed | None) -> Facts:
    data, zone = one.event.data, policy(one.event.area).timezone
    pairs: list[tuple[Text, object]] = [
        (Text("State", "状态"), ENDED if one.ended else STATES[own.state] if own else None),
        (Text("From", "发文单位"), Area.objects.names({one.event.area}).get(one.event.area, one.event.area)),
        (Text("Number, version", "编号、版次"), OLD_SOURCE.format(number=one.number, n=one.version)),
        (Text("Issued", "下发时间"), one.event.at), (Text("To be read by", "阅知时限"), one.read_by(zone)),
        (Text("To be acted on by", "落实时限"), one.act_by(zone)), (Text("Source", "依据（来源）"), data.get("source")),
        (Text("Passes on", "转发自"), _passed(data)), (Text("What is new", "本版修改"), data.get("changes")),
        (Text("Why it ended", "终止原因"), one.ended.data["reason"] if one.ended else None),
        (Text("Earlier versions", "历史版本"), _earlier(one)),
    ]  # fmt: skip
    return Facts([(word, value) for word, value in pairs if value])


def _earlier(one: Directive) -> str:
    """The versions before this one, with when each was issued."""
    return "；".join(f"{event.data['version']} · {localtime(event.at):%m-%d %H:%M}" for event in one.versions)


def _passed(data: dict[str, Any]) -> Text | None:
    """The upper directive, and whether a newer version of it holds by now."""
    if not data.get("passes_on"):
        return None
    upper, n = directive_of(data["passes_on"]), int(data["passes_version"])
    if upper is not None and upper.version > n:
        return RENEWED.format(number=data["passes_on"], n=n, new=upper.version)
    return OLD_SOURCE.format(number=data["passes_on"], n=n)


def _steps(request: Request, area: str, own: Owed | None) -> list[Action]:
    """What a recipient may press on its own page."""
    if own is None or own.directive.ended or request.account.area != area or not can(request.account, "directives.record"):
        return []
    say = reverse("directives.say", args=[area, own.directive.number])
    steps = [] if own.is_read else [Action(READ, f"{say}?what=read", "check", primary=True, method="post")]
    if own.asks_action and own.state != "acted":
        steps += [
            Action(ACTED, f"{say}?what=acted", "circle-check", primary=own.is_read),
            Action(CANNOT, f"{say}?what=cannot", "alert-triangle"),
        ]
    return steps


def _actions(request: Request, area: str, one: Directive, own: Owed | None) -> list[Action]:
    if one.ended or not can(request.account, "directives.manage"):
        return []
    made = [Action(TELL, reverse("directives.told", args=[area, one.number]), "phone")]
    new = reverse("directives.new", args=[area])
    if in_scope(request.account, one.event.area):
        issue = reverse("directives.new", args=[one.event.area])
        made.append(Action(VERSION, f"{issue}?{urlencode({'of': one.number})}", "refresh"))
        made.append(Action(END, reverse("directives.end", args=[area, one.number]), "ban"))
    if own is not None and Area.objects.below(area).count() > 1:
        made.append(Action(PASS, f"{new}?{urlencode({'on': one.number})}", "arrow-right"))
    return made
