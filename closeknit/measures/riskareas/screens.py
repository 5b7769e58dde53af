"""The table of risk areas: what stands, entering and pasting, ending; earlier versions stay in the ledger."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, can, visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records.names import members
from closeknit.console.records.saving import Entry, author, save, save_many
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.returnees.kinds import RiskAreaSet, RiskStay, day_of
from closeknit.measures.riskareas.rules import Unreadable, lines
from closeknit.policy.packs import policy

LEVELS = {each.value: each.label for each in RiskStay}
TONES = {"high": "bad", "medium": "watch", "low": "good"}
NOW, PAST = Text("In force", "现行"), Text("Ended", "已解除")
ENTER = Text("Enter risk areas", "登记风险地区")
ENTERED = Text("{n} risk area{n:s} entered; returnees are classed by them from now on.", "已登记 {n} 个风险地区，返乡人员即按此判定。")
ENDED, ENDS_TODAY = Text("{where}: no risk area after today.", "{where}：今日起解除。"), "解除"
NONE = Empty(
    Text("No risk area stands in the table", "暂无风险地区"),
    Text("Paste the upper level's list; returnees are then classed by where they stayed.",
         "粘贴上级公布的名单，返乡人员将按旅居地自动判定。"),
    icon="map-pin",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    event: Event
    ends: date | None
    past: bool
    area: str
    by: str
    may_end: bool

    @property
    def action(self) -> Action | None:
        url = reverse("riskareas.end", args=[self.event.id])
        return Action(Text("End today", "今日解除"), url, method="post") if self.may_end and not self.past else None


def _people(codes: set[str]) -> dict[str, str]:
    """Who entered: the member's name, or the account's where it is no member's."""
    accounts = {each.username: each.shown_name for each in Account.objects.filter(username__in=codes)}
    return accounts | members(codes)


def table(request: Request) -> HttpResponse:
    """The risk areas that hold where the reader works, those of the levels above with them."""
    pack = policy(request.account.area)
    today = clock.now().astimezone(pack.timezone).date()
    path = areas_of(request.account).filter(code=request.account.area).values_list("path", flat=True).first() or ""
    near = {*filter(None, path.split("/")), *areas_of(request.account).values_list("code", flat=True)}
    events = list(standing(RiskAreaSet).filter(area__in=near).defer("personal", "digest"))
    names, people = Area.objects.names({each.area for each in events}), _people({each.member for each in events})
    own = set(areas_of(request.account).filter(code__in={each.area for each in events}).values_list("code", flat=True))
    keeps = can(request.account, "returnees.manage")
    made = [
        Line(each, ends := day_of(each.data["until"]) if each.data.get("until") else None, ends is not None and ends < today,
             names.get(each.area, each.area), people.get(each.member, each.member), keeps and each.area in own)
        for each in sorted(events, key=lambda each: each.order)
    ]  # fmt: skip
    listing = Listing(
        columns=(
            Column("where", Text("Area", "地区"), lambda row: row.event.data["where"], sort=lambda row: row.event.data["where"],
                   phone="title"),
            Column("level", Text("Class", "风险等级"), lambda row: Badge(LEVELS[row.event.data["level"]], TONES[row.event.data["level"]]),
                   sort=lambda row: (row.event.data["level"], row.event.order), phone="end",
                   export=lambda row: LEVELS[row.event.data["level"]]),
            Column("from", Text("From", "起始日期"), lambda row: day_of(row.event.data["from"]),
                   sort=lambda row: (row.event.data["from"], row.event.order)),
            Column("until", Text("To", "截止日期"), lambda row: row.ends),
            Column("area", Text("Holds in", "适用地区"), lambda row: row.area),
            Column("by", Text("Entered by", "登记人"), lambda row: row.by),
            Column("at", Text("Entered", "登记时间"), lambda row: row.event.at, sort=lambda row: row.event.order),
            *((Column("end", Text("End", "解除"), lambda row: row.action, export=lambda row: "", phone="wide"),) if keeps else ()),
        ),
        order="-from",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda row, value: row.past == (value == "past")),
                   choices=[("now", NOW), ("past", PAST)], standing="now"),
            Filter("level", Text("Class", "风险等级"), where(lambda row, value: row.event.data["level"] == value),
                   choices=list(LEVELS.items())),
        ) if made else (),
        search=words_said(lambda row: (row.event.data["where"],)),
    )  # fmt: skip
    actions = [Action(ENTER, reverse("riskareas.keep"), "plus", primary=True)] if keeps else []
    return listing.respond(request, made, actions=actions)


def keep(request: Request) -> HttpResponse:
    """Pasted lines into the table, all or none."""
    today = clock.now().astimezone(policy(request.account.area).timezone).date()
    field = FormField(
        "lines", Text("One area a line: area, class, from, to", "每行一个：地区 等级 起始日期 截止日期"), "long_text", required=True,
        help=Text("430105 high 2022-03-14, or a name; the last day may be left out.",
                  "如：430105 高风险 2022-03-14；也可写名称，截止日期可不填。"),
    )  # fmt: skip
    form = Form([field], request.POST if request.method == "POST" else None)
    if form.valid():
        try:
            entries = lines(form.values["lines"], today)
        except Unreadable as unreadable:
            form.refuse("lines", unreadable.text)
        else:
            made = [Entry(uuid7(), "returnees.risk_area_set", request.account.area, each) for each in entries]
            done = save_many(request.account, made, by=author(request.account))
            tell(request, ENTERED.format(n=sum(not isinstance(each, Invalid) for each in done)))
            return redirect("riskareas.list")
    crumbs = [(Text("Risk areas", "风险地区"), reverse("riskareas.list"))]
    return show(request, "riskareas/keep.html", {"form": form}, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
def end(request: Request, entry: UUID) -> HttpResponse:
    """The area is no risk area after today: a correction of its record, so that both versions stay."""
    held = visible(standing(RiskAreaSet), request.account).filter(id=entry).first()
    if held is None:
        raise Http404
    today = clock.now().astimezone(policy(held.area).timezone).date().isoformat()
    data = {**held.told(), "until": max(today, held.data["from"][:10]), "reason": ENDS_TODAY}
    correction = Entry(uuid7(), "returnees.risk_area_set", held.area, data, corrects=UUID(held.topic))
    try:
        save(request.account, correction)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, str(correction.id), ENDED.format(where=held.data["where"][:40]), reverse("riskareas.list"))
    return redirect("riskareas.list")
