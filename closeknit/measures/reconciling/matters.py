"""What does not reconcile: a list that somebody must clear; what was cleared, apart."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import uuid5

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Tab, Tabs
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.command.kinds import moment
from closeknit.measures.tubes.kinds import MATTERS, REMEDIES, UNRECONCILED, Tube, matters, rows_of, why_cleared, within
from closeknit.measures.tubes.kinds import cleared as cleared_matters
from closeknit.policy.packs import policy

CLEAR = "testing.record"
ALL_WELL = Empty(
    Text("Everything reconciles", "账实相符"),
    Text("Tubes whose count, hand-over, receipt or result do not fit stand here until somebody clears each.",
         "份数、交接、接收、结果对不上的采样管列于此处，逐一核销。"),
    icon="circle-check",
)  # fmt: skip
DONE = Text("Cleared: {n}. The figures stay as they were.", "已核销 {n} 项，统计数字不变。")
WHY = FormField("reason", Text("What was found", "核查情况"), "long_text", required=True, maximum=500)
NUMBER = FormField("event", Text("Number", "编号"), "hidden", required=True)
MANY = Text("All {n} of this list at once, each with this reason.", "将本列表 {n} 项一并核销，原因相同。")


@dataclass(frozen=True)
class Matter:
    """What does not reconcile, and beneath it what to do or what was found; a file has them in two columns."""

    badge: Badge
    told: Text | str
    template: ClassVar[str] = "reconciling/matter.html"

    def __str__(self) -> str:
        return str(self.badge)


@dataclass(frozen=True)
class Line:
    """One matter of one tube."""

    row: dict[str, Any]
    where: str
    clear: str
    cleared: str = ""

    @property
    def matter(self) -> str:
        return str(self.row["matter"])

    @property
    def said(self) -> Matter:
        return Matter(Badge(MATTERS[self.matter], "bad" if self.matter in UNRECONCILED else "watch"), self.told)

    @property
    def box(self) -> str | None:
        return " ".join(filter(None, (self.row["box"], self.row["carrier"]))) or None

    @property
    def told(self) -> Text | str:
        return self.cleared or REMEDIES[self.matter]

    @property
    def action(self) -> Action | str:
        return Action(Text("Clear", "核销"), self.clear, "check") if self.clear else ""


def _chosen(request: Request, area: str) -> QuerySet[Tube]:
    """The tubes that the address leaves: by round, site and words."""
    query, tubes = request.GET, within(area)
    for name in ("round", "place"):
        if query.get(name):
            tubes = tubes.filter(**{name: query[name][:80]})
    words = query.get("q", "").strip()[:80]
    return tubes.filter(code__icontains=words) if words else tubes


def _asked(request: Request) -> str:
    matter = request.GET.get("matter", "")
    return matter if matter in MATTERS else ""


def _listing(request: Request, area: Area, cleared: bool) -> Listing:
    rounds = [(each.code, str(each)) for each in live.touching("testing.round", area)]
    known = [("matter", Text("Reason", "事项"), "choice", list(MATTERS.items())), ("round", Text("Round", "轮次"), "choice", rounds),
             ("place", Text("Site's code", "采样点编号"), "text", ())]  # fmt: skip
    return Listing(
        columns=(
            Column("code", Text("Tube", "管号"), lambda line: line.row["code"], ("code", "matter"), phone="title",
                   link=lambda line: reverse("tubes.tube", args=[line.row["code"]])),
            Column("matter", Text("What does not reconcile", "不符事项"), lambda line: line.said, ("matter", "code"), phone="wide"),
            Column("where", Text("Site or area", "采样点、地区"), lambda line: line.where, ("place", "area", "code", "matter")),
            Column("round", Text("Round", "轮次"), lambda line: line.row["round"] or None, ("round", "code", "matter")),
            Column("persons", Text("Persons", "人数"), lambda line: line.row["persons"], ("persons", "code", "matter"), number=True),
            Column("count", Text("Sealed over", "封管份数"), lambda line: line.row["sealed_count"], number=True),
            Column("box", Text("Box, carrier", "转运箱、转运人"), lambda line: line.box, ("box", "code", "matter")),
            Column("at", Text("Last", "最近时间"), lambda line: line.row["moved_at"], ("moved_at", "code", "matter")),
            Column("told", WHY.label if cleared else Text("What to do", "处理办法"), lambda line: line.told, file_only=True),
            Column("next", Text("Next", "下一步"), lambda line: line.action, export=lambda line: "", phone="wide"),
        ),
        order="at",
        empty=ALL_WELL,
        # what the address asks is applied to each part before they are joined: joined rows cannot be filtered
        filters=[Filter(name, label, lambda rows, value: rows, type, choices) for name, label, type, choices in known],  # type: ignore[arg-type]
        search=lambda rows, words: rows,
        search_label=Text("Number of a tube", "管号"),
        dress=lambda rows: _dressed(request, rows, cleared=cleared),
    )  # fmt: skip


def _dressed(request: Request, rows: list[dict[str, Any]], *, cleared: bool) -> list[Line]:
    places, areas = names.places({row["place"] for row in rows}), Area.objects.names({row["area"] for row in rows})
    may = can(request.account, CLEAR) and not cleared
    told = why_cleared(row["code"] for row in rows) if cleared else {}
    lines = []
    for row in rows:
        where = places[row["place"]].name if row["place"] in places else areas.get(row["area"], row["area"])
        query = urlencode({"tube": row["code"], "matter": row["matter"], "next": request.get_full_path()})
        way = f"{reverse('reconciling.clear', args=[row['area']])}?{query}" if may else ""
        lines.append(Line(row, where, way, told.get((row["code"], row["matter"]), "")))
    return lines


def reconcile(request: Request, area: str) -> HttpResponse:
    """The open matters of an area's tubes, or those that were cleared."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at, cleared = moment(request, pack), request.GET.get("state") == "cleared"
    tubes, only = _chosen(request, area), _asked(request)
    parts = cleared_matters(tubes, only=only) if cleared else matters(tubes, pack, at.now, only=only)
    actions = [Action(Text("All tubes", "全部采样管"), reverse("tubes.list", args=[area]), "test-pipe")]
    if can(request.account, CLEAR) and only and not cleared:
        query = urlencode({"matter": only, **{name: request.GET[name] for name in ("round", "place", "q") if request.GET.get(name)}})
        actions.append(Action(Text("Clear all of these", "一并核销"), f"{reverse('reconciling.clear', args=[area])}?{query}", "list-check"))
    every = matters(tubes, pack, at.now) if cleared or only else parts
    context = {"at": at, "tabs": _tabs(area, every, cleared=cleared)}
    heading = Text("Does not reconcile: {area}", "{area} 账实不符", area=row.name)
    crumbs = [*links.above(request.account, row, "reconciling.list"), (row.name, reverse("tubes.list", args=[area]))]
    frame: dict[str, Any] = {"template": "reconciling/matters.html", "heading": heading, "crumbs": crumbs, "actions": actions}
    return _listing(request, row, cleared).respond(request, rows_of(parts), context=context, **frame)


def _tabs(area: str, every: list[QuerySet[Any]], *, cleared: bool) -> Tabs:
    url = reverse("reconciling.list", args=[area])
    open_ = sum(part.count() for part in every)
    tabs = [Tab(Text("Open", "待核销"), url, not cleared, open_), Tab(Text("Cleared", "已核销"), f"{url}?state=cleared", cleared)]
    return Tabs(tabs, Text("State", "状态"))


def clear(request: Request, area: str) -> HttpResponse:
    """Clears one matter of one tube, or all of a list at once; asks what was found, and says how many it will be."""
    only, code = _asked(request), request.GET.get("tube", "")
    if not only:
        return redirect("reconciling.list", area=area)
    tubes = within(area).filter(code=code) if code else _chosen(request, area)
    now = moment(request, policy(area)).now
    found = [each for part in matters(tubes, policy(area), now, only=only) for each in part.values("code", "matter", "area")]
    back = links.ours(request.POST.get("next") or request.GET.get("next", ""), reverse("reconciling.list", args=[area]))
    form = Form([WHY, NUMBER], request.POST if request.method == "POST" else None, {"event": str(uuid7())})
    if form.valid():
        cleared = _clear(request, form, found)
        tell(request, DONE.format(n=cleared), tone="good" if cleared == len(found) else "watch")
        return redirect(back)
    context = {"form": form, "found": found[:20], "more": max(0, len(found) - 20), "todo": REMEDIES[only], "cancel": back, "next": back}
    context |= {"many": MANY.format(n=len(found)) if len(found) > 1 else "", "label": MATTERS[only]}
    heading = Text("Clear: {matter}", "核销：{matter}", matter=MATTERS[only])
    return show(request, "reconciling/clear.html", context, heading=heading, status=422 if form.errors else 200)


def _clear(request: Request, form: Form, found: list[dict[str, Any]]) -> int:
    """Records one clearing a tube; the same form sent again records nothing more."""
    root = carried_id(form.values)
    reason = form.values["reason"]
    entries = [
        Entry(
            uuid5(root, each["code"]), "testing.cleared", each["area"], {"tube": each["code"], "matter": each["matter"], "reason": reason}
        )
        for each in found
    ]
    answers = save_many(request.account, entries, by=author(request.account)) if entries else []
    return Counter(isinstance(answer, Invalid) for answer in answers)[False]
