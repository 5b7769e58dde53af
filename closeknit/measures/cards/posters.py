"""Posters: one public code for a village or a place; nobody sees anything personal with it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.measures.cards import actions
from closeknit.measures.cards.listing import CARDS, POSTERS, RECORD
from closeknit.measures.cards.printing import context_of_poster
from closeknit.paper.cards import issuing
from closeknit.paper.models import ResidentCard
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.registry.reading.names import choices
from closeknit.sync.enrolment.address import server_address

PUT_UP = Text("New poster", "新建海报")
HANGS, DOWN = Badge(Text("holds", "有效"), "good"), Badge(Text("taken down", "已撤下"), "quiet", "ban")
TAKEN_DOWN = Text("Taken down: its code opens nothing any more. Remove the paper too.", "已撤下，编码失效，请同时取下纸质海报。")
MOST_PLACES = 400


def _dressed(page: list[ResidentCard]) -> list[ResidentCard]:
    areas, places = Area.objects.names({row.area for row in page}), names.places({row.place for row in page if row.place})
    for row in page:
        shown: Any = row
        shown.area_name = areas.get(row.area, row.area)
        shown.place_name = places[row.place].name if row.place in places else row.place
    return page


def _standing(rows: QuerySet[ResidentCard], state: str) -> QuerySet[ResidentCard]:
    return rows.filter(revoked_at__isnull=state == "hangs")


LIST = Listing(
    columns=(
        Column("number", Text("Poster", "编号"), lambda row: row.number, phone="title",
               link=lambda row: links.to("cards.poster", number=row.pk)),
        Column("area", Text("Area", "地区"), lambda row: row.area_name, sort=("area", "issued_at")),
        Column("place", Text("Place", "张贴地点"), lambda row: row.place_name or None, sort=("place", "issued_at")),
        Column("issued", Text("Made", "制作时间"), lambda row: row.issued_at, sort=("issued_at",)),
        Column("by", Text("Made by", "制作人"), lambda row: row.issued_by, sort=("issued_by",)),
        Column("state", Text("State", "状态"), lambda row: DOWN if row.revoked_at else HANGS, phone="end",
               export=lambda row: (DOWN if row.revoked_at else HANGS).label),
    ),
    order="area",
    empty=Empty(
        Text("No posters yet", "尚无海报"),
        Text("A poster lets anybody in the village declare a return or ask for help without a card. Make one, hang it where "
             "people pass.", "村民无需便民卡即可通过海报报备、求助。请为本村制作海报并张贴在显眼处。"),
        icon="speakerphone",
    ),
    filters=(
        Filter("state", Text("State", "状态"), _standing,
               choices=(("hangs", Text("Holds", "有效")), ("down", Text("Taken down", "已撤下")))),
    ),
    dress=_dressed,
)  # fmt: skip


def posters(request: Request, area: str) -> HttpResponse:
    """The posters of an area; a form makes one more."""
    form = _form(request, area)
    if form is not None and form.valid():
        made = issuing.put_up(form.values["area"], place=form.values["place"] or "", by=author(request.account))
        return redirect("cards.poster", number=made.pk)
    crumbs = [(CARDS, links.to("cards.list", area=area))]
    if form is not None and (form.errors or "new" in request.GET):
        context = {"form": form, "submit": PUT_UP, "cancel": links.to("cards.posters", area=area)}
        above = [*crumbs, (POSTERS, links.to("cards.posters", area=area))]
        return show(request, "console/pages/form.html", context, heading=PUT_UP, crumbs=above, status=422 if form.errors else 200)
    rows = issuing.posters().filter(area__in=Area.objects.below(area).values("code"))
    actions_ = [Action(PUT_UP, "?new=1", "plus", primary=True)] if form is not None else []
    return LIST.respond(request, rows, crumbs=crumbs, actions=actions_)


def _form(request: Request, area: str) -> Form | None:
    """None for whoever may only look."""
    if not can(request.account, RECORD):
        if request.method == "POST":
            raise PermissionDenied
        return None
    places = visible(Place.objects.current(), request.account).order_by("name", "code")[:MOST_PLACES]
    fields = [FormField("area", Text("Area", "地区"), "choice", required=True, choices=choices(request.account))]
    if places:
        listed = [(row.code, f"{row.name} {row.code}") for row in places]
        fields.append(
            FormField(
                "place", Text("Place", "张贴地点"), "choice", choices=listed, help=Text("Left empty: the whole village.", "不填则为全村。")
            )
        )
    else:
        fields.append(FormField("place", "", "hidden"))
    return Form(fields, request.POST if request.method == "POST" else None, {"area": area})


def poster(request: Request, number: UUID) -> HttpResponse:
    """One poster as it is printed, A4; taking it down."""
    row = issuing.posters().filter(pk=number).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        if not can(request.account, RECORD):
            raise PermissionDenied
        actions.revoke(row, by=author(request.account), reason="")
        tell(request, TAKEN_DOWN)
        return redirect("cards.posters", area=row.area)
    server = server_address(f"{request.scheme}://{request.get_host()}")
    context = context_of_poster(row, server, str(policy(row.area).get("residents.emergency_number")))
    buttons = []
    if can(request.account, RECORD) and row.revoked_at is None:
        ask = Text("Take this poster down? Its code opens nothing any more.", "撤下此海报？编码将随即失效。")
        buttons.append(Action(Text("Take down", "撤下"), request.path, "ban", method="post", confirm=ask))
    crumbs = [(CARDS, links.to("cards.list", area=row.area)), (POSTERS, links.to("cards.posters", area=row.area))]
    return show(request, "cards/poster.html", {**context, "row": _dressed([row])[0]}, crumbs=crumbs, actions=buttons)
