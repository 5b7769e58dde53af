"""Cards by household: who has one, which are not printed yet, which are revoked, and whose tries of today are used up."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts
from closeknit.console.records import links, names
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.measures.cards import actions
from closeknit.paper.cards import tries
from closeknit.paper.models import ResidentCard
from closeknit.registry.models import Person
from closeknit.registry.searching import search_persons

RECORD = "residents.record"
CARDS, ISSUE, POSTERS, USE = (
    Text("Residents' cards", "便民卡"), Text("Issue cards", "发卡打印"), Text("Posters", "便民海报"), Text("Use by day", "使用情况"),
)  # fmt: skip
HOLDS, NOT_PRINTED = Badge(Text("holds", "有效"), "good"), Badge(Text("not printed yet", "待打印"), "watch")
REVOKED, LOCKED = (
    Badge(Text("revoked", "已作废"), "quiet", "ban"),
    Badge(Text("tries used up today", "今日查询次数已用完"), "watch", "lock"),
)
STATES = (
    ("holds", Text("Hold", "有效")), ("new", Text("Not printed yet", "待打印")),
    ("locked", Text("Tries used up today", "今日查询已锁定")),
    ("revoked", Text("Revoked", "已作废")),
)  # fmt: skip
WHY = FormField("reason", Text("Why", "原因"), required=True, maximum=100)
NO_MORE = Text("This card is over already; look at the list.", "此卡已失效，请查看列表。")
REVOKED_NOW = Text("Revoked. What is on paper opens nothing any more.", "已作废，纸质卡随即失效。")
REISSUED = Text("The old card opens nothing any more. Print the new one.", "旧卡已失效，请打印新卡。")
RENEWED = Text("Opened: they may try again today.", "已重新开放，今日可再次查询。")
NOBODY_SHUT = Text("Nobody of this household was shut out.", "本户无人被锁定。")


@dataclass(frozen=True)
class Line:
    """One card in the list."""

    card: ResidentCard
    address: str
    area: str
    locked: bool

    @property
    def state(self) -> Badge:
        if self.card.revoked_at:
            return REVOKED
        return LOCKED if self.locked else HOLDS if self.card.printed_at else NOT_PRINTED


def _dressed(page: list[ResidentCard]) -> list[Line]:
    homes = names.households({card.household for card in page}, full=True)
    areas = Area.objects.names({card.area for card in page})
    shut = set(tries.locked().filter(household__in=[card.household for card in page]).values_list("household", flat=True))
    return [
        Line(
            card, homes[card.household].address if card.household in homes else "", areas.get(card.area, card.area), card.household in shut
        )
        for card in page
    ]  # fmt: skip


def _in_state(rows: QuerySet[ResidentCard], state: str) -> QuerySet[ResidentCard]:
    holds = rows.filter(revoked_at=None)
    return {
        "holds": holds, "new": holds.filter(printed_at=None), "revoked": rows.filter(revoked_at__isnull=False),
        "locked": holds.filter(household__in=tries.locked().values("household")),
    }.get(state, rows)  # fmt: skip


def _said(rows: QuerySet[ResidentCard], words: str) -> QuerySet[ResidentCard]:
    """By the number that stands small on a card, by the household's code, by a name. The code itself is typed into no address."""
    if rows.filter(number=words.upper()).exists():
        return rows.filter(number=words.upper())
    people = search_persons(words, Person.objects.current().filter(household__in=rows.values("household")))
    return rows.filter(household__in=[each.household for each in people]) | rows.filter(household__icontains=words)


LIST = Listing(
    columns=(
        Column("number", Text("Card", "卡号"), lambda line: line.card.number, phone="title",
               link=lambda line: links.to("cards.card", number=line.card.pk)),
        Column("household", Text("Household", "户编号"), lambda line: names.code_words(line.card.household),
               sort=("household", "issued_at"), link=lambda line: links.to("register.household", code=line.card.household)),
        Column("address", Text("Address", "住址"), lambda line: line.address or None, phone="wide"),
        Column("area", Text("Area", "地区"), lambda line: line.area, sort=("area", "household")),
        Column("issued", Text("Issued", "发卡时间"), lambda line: line.card.issued_at, sort=("issued_at", "household")),
        Column("printed", Text("Printed", "打印时间"), lambda line: line.card.printed_at, sort=("printed_at", "household")),
        Column("by", Text("Issued by", "发卡人"), lambda line: line.card.issued_by, sort=("issued_by", "household"), hidden=True),
        Column("state", Text("State", "状态"), lambda line: line.state, phone="end", export=lambda line: line.state.label),
    ),
    order="area",
    empty=Empty(
        Text("No cards yet", "尚未发放便民卡"),
        Text("A card lets a household declare a return, ask for help, order and see its own results without an account. Issue them "
             "village by village, print, cut, and bring one to each door.",
             "居民凭便民卡可自助报备、求助、订购、查询本人结果，无需账户。请按村（社区）发卡、打印、裁剪后送到每户。"),
        icon="id-badge-2",
    ),
    filters=(Filter("state", Text("State", "状态"), _in_state, choices=STATES),),
    search=_said,
    search_label=Text("Small number on a card, household, or name", "卡上小号码、户编号或姓名"),
    codes=lambda line: [line.card.household],
    what="household",
    dress=_dressed,
)  # fmt: skip


def cards(request: Request, area: str) -> HttpResponse:
    """The cards of an area."""
    rows = ResidentCard.objects.filter(kind=ResidentCard.Kind.CARD, area__in=Area.objects.below(area).values("code"))
    return LIST.respond(request, rows, actions=_ways(area))


def _ways(area: str) -> list[Action]:
    ways = (("cards.issue", ISSUE, "printer"), ("cards.posters", POSTERS, "speakerphone"), ("cards.use", USE, "chart-bar"))
    found = [Action(label, url, icon, primary=name == "cards.issue") for name, label, icon in ways if (url := links.to(name, area=area))]
    return [*found, Action(Text("Paper form", "纸质表"), reverse("residents.paper"), "file-text")]


def area_of(number: UUID) -> str | None:
    """The area of a card or poster, by which the gate decides."""
    return ResidentCard.objects.filter(pk=number).values_list("area", flat=True).first()


def card(request: Request, number: UUID) -> HttpResponse:
    """One card: its state, and what may be done with it."""
    row = ResidentCard.objects.filter(pk=number, kind=ResidentCard.Kind.CARD).first()
    if row is None:
        raise Http404
    form = Form((WHY,), request.POST if request.method == "POST" else None)
    if form.valid():
        return _do(request, row, form.values["reason"])
    trail.read(request.account, request.screen.name, [row.household], what="household", path=request.path)
    line = _dressed([row])[0]
    facts = Facts(
        [
            (Text("Household", "户编号"), names.code_words(row.household)), (Text("Address", "住址"), line.address),
            (Text("Area", "地区"), line.area), (Text("State", "状态"), line.state), (Text("Issued", "发卡时间"), row.issued_at),
            (Text("Printed", "打印时间"), row.printed_at), (Text("Revoked", "作废时间"), row.revoked_at),
        ]
    )  # fmt: skip
    may = can(request.account, RECORD) and row.revoked_at is None
    context = {"card": row, "facts": facts, "form": form, "may": may, "locked": line.locked}
    print_it = Action(Text("Print", "打印"), f"{links.to('cards.print', area=row.area)}?card={row.pk}", "printer", primary=True)
    crumbs = [(CARDS, links.to("cards.list", area=row.area))]
    heading = Text("Card {number}", "便民卡 {number}", number=row.number)
    page: dict[str, Any] = {"heading": heading, "crumbs": crumbs, "actions": [print_it] if may else []}
    return show(request, "cards/card.html", context, status=422 if form.errors else 200, **page)


def _do(request: Request, row: ResidentCard, reason: str) -> HttpResponse:
    if not can(request.account, RECORD):
        raise PermissionDenied
    by, do = author(request.account), request.POST.get("do", "")
    here = redirect("cards.card", number=row.pk)
    if row.revoked_at is not None:
        tell(request, NO_MORE, tone="watch")
    elif do == "reissue":
        made = actions.reissue(row, by=by, reason=reason)
        tell(request, REISSUED)
        return redirect("cards.card", number=made.pk) if made else here
    elif do == "open":
        opened = actions.renew_tries(row, by=by, reason=reason)
        tell(request, RENEWED if opened else NOBODY_SHUT, tone="good" if opened else "info")
    else:
        actions.revoke(row, by=by, reason=reason)
        tell(request, REVOKED_NOW)
    return here
