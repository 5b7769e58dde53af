"""Cards: the list of those that were made, one on paper, and withdrawing it."""

from typing import Any
from uuid import UUID

import segno
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from closeknit.access.scope import visible
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records import names
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.enrolling.phones import PHONES
from closeknit.registry.members.answering import role_words
from closeknit.registry.models import Member
from closeknit.sync.enrolment import cards as made
from closeknit.sync.models import Card

CARDS = Text("Cards", "工作卡")
KINDS = {"member": Text("Worker's card", "工作人员卡"), "shift": Text("One-shift card", "临时班次卡")}
HOLDS, OVER = Badge(Text("holds", "有效"), "good"), Badge(Text("over", "已过期"), "quiet")
WITHDRAWN = Badge(Text("withdrawn", "已作废"), "quiet", "ban")
GONE = Text("This card opens nothing any more. Make a new one.", "此卡已失效，请重新制卡。")
DONE = Text("The card of {name} is withdrawn; phones learn it at their next pull.", "{name} 的工作卡已作废，手机下次同步时生效。")


def _state(row: Card) -> Badge:
    return WITHDRAWN if row.withdrawn_at else HOLDS if row.until > clock.now() else OVER


def _dressed(rows: list[Card]) -> list[Card]:
    areas = Area.objects.names({row.area for row in rows})
    places = names.places({row.place for row in rows if row.place})
    for row in rows:
        shown: Any = row
        shown.where = places[row.place].name if row.place in places else areas.get(row.area, row.area)
    return rows


def _standing(rows: "QuerySet[Card]", value: str) -> "QuerySet[Card]":
    holds = Q(withdrawn_at=None, until__gt=clock.now())
    return rows.filter(holds) if value == "holds" else rows.exclude(holds)


LIST = Listing(
    columns=(
        Column(
            "name", Text("Name", "姓名"), lambda row: row.name, sort=("name", "made_at"), phone="title",
            link=lambda row: reverse("enrolling.card", args=[row.pk]),
        ),
        Column("kind", Text("Card", "卡别"), lambda row: KINDS[row.kind], sort=("kind", "name")),
        Column("member", Text("Code", "人员编号"), lambda row: row.member, sort=("member",)),
        Column("where", Text("Where", "地点"), lambda row: row.where, sort=("area", "place")),
        Column("until", Text("Ends", "有效期至"), lambda row: row.until, sort=("until",)),
        Column("made", Text("Made", "制卡时间"), lambda row: row.made_at, sort=("made_at",)),
        Column("by", Text("Made by", "制卡人"), lambda row: row.made_by, sort=("made_by",), hidden=True),
        Column("state", Text("State", "状态"), _state, phone="end"),
    ),
    order="-made",
    empty=Empty(
        Text("No cards yet", "尚无工作卡"),
        Text("A card is made when a phone is enrolled, or on a worker's page.", "登记手机时自动制卡，也可在工作人员页面制卡。"),
        icon="id-badge-2",
    ),
    filters=(
        Filter(
            "state", Text("State", "状态"), _standing, standing="holds",
            choices=(("holds", Text("Holds", "有效")), ("gone", Text("Over or withdrawn", "过期或作废"))),
        ),
        Filter("kind", Text("Card", "卡别"), lambda rows, value: rows.filter(kind=value), choices=tuple(KINDS.items())),
    ),
    search=words_in("name", "member", "place"),
    dress=_dressed,
)  # fmt: skip


def cards(request: Request) -> HttpResponse:
    """The cards that were made in the reader's area."""
    return LIST.respond(request, visible(Card.objects.all(), request.account), crumbs=_crumbs())


def area_of(number: UUID) -> str | None:
    """The area of a card, by which the gate decides."""
    return Card.objects.filter(pk=number).values_list("area", flat=True).first()


def card(request: Request, number: UUID) -> HttpResponse:
    """A card as it is printed and cut out, of the size of a bank card."""
    row = Card.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    shown: Any = _dressed([row])[0]
    holds = _state(row) is HOLDS
    member = Member.objects.current().filter(code=row.member).first()
    context = {
        "card": shown,
        "kind": KINDS[row.kind],
        "role": role_words(row.role),
        "unit": member.unit if member and member.unit != shown.where else "",
        "until": row.until if row.kind == Card.Kind.SHIFT else localtime(row.until).date(),
        "picture": segno.make(made.text_of(row), error="l", micro=False).svg_data_uri(scale=4, border=2, light="#fff") if holds else "",
        "notice": None if holds else Notice(GONE, "watch"),
    }
    actions = []
    if holds:
        ask = Text(
            "Withdraw the card of {name}? What is on paper opens nothing any more.",
            "作废 {name} 的工作卡？纸质卡将随即失效。",
            name=row.name,
        )
        actions = [Action(Text("Withdraw", "作废"), reverse("enrolling.withdraw", args=[row.pk]), "ban", method="post", confirm=ask)]
    crumbs = [*_crumbs(), (CARDS, reverse("enrolling.cards"))]
    return show(request, "enrolling/card.html", context, heading=row.name, crumbs=crumbs, actions=actions)


@require_POST
def withdraw(request: Request, number: UUID) -> HttpResponse:
    """From now on the card opens nothing."""
    row = Card.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    made.withdraw(row, by=author(request.account))
    tell(request, DONE.format(name=row.name))
    return redirect("enrolling.cards")


def _crumbs() -> list[tuple[Text | str, str]]:
    return [(PHONES, reverse("devices.list"))]
