"""The list of those whom no list knows and who have not proved to be somebody of a roster."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.registry.kinds import Category
from closeknit.registry.models import Found
from closeknit.registry.reading.names import found_here, masked_name, told_of
from closeknit.registry.searching import plain

WHAT = {"household": Badge(Text("Family", "户"), "info", "home"), "person": Badge(Text("Person", "人员"), "info", "user")}
CATEGORIES = {each.value: each.label for each in Category}


@dataclass(frozen=True)
class Row:
    """Somebody found, with what was said of them."""

    held: Found
    told: dict[str, Any]
    area: str

    @property
    def name(self) -> str | Text:
        return masked_name(str(self.told.get("name", ""))) or Text("name not known", "姓名不详")


def _dressed(page: list[Found]) -> list[Row]:
    told = told_of(page)
    names = Area.objects.names({each.area for each in page})
    return [Row(each, told.get(each.code, {}), names.get(each.area, each.area)) for each in page]


def _said(rows: Iterable[Found], text: str) -> list[Found]:
    rows = list(rows)
    told, words = told_of(rows), plain(text)
    return [
        each for each in rows if any(words in plain(str(told[each.code].get(name, ""))) for name in ("name", "landmark", "phone", "id_no"))
    ]


FOUND = Listing(
    columns=(
        Column(
            "name",
            Text("Name", "姓名"),
            lambda row: row.name,
            link=lambda row: reverse(f"register.{row.held.what}", kwargs={"code": row.held.code}),
            phone="title",
        ),
        Column(
            "what",
            Text("What", "对象"),
            lambda row: WHAT[row.held.what],
            sort=lambda found: found.what,
            phone="end",
            export=lambda row: WHAT[row.held.what].label,
        ),
        Column("landmark", Text("Landmark", "位置说明"), lambda row: row.told.get("landmark"), phone="wide"),
        Column("category", Text("Category", "类别"), lambda row: CATEGORIES.get(row.told.get("category", ""))),
        Column("area", Text("Area", "所属区域"), lambda row: row.area, sort=lambda found: found.area),
        Column("at", Text("Found", "发现时间"), lambda row: row.held.at, sort=lambda found: found.at),
        Column(
            "match",
            Text("In the roster?", "与名册比对"),
            lambda row: Text("compare", "比对"),
            link=lambda row: links.to("register.found_one", code=row.held.code),
        ),
    ),
    order="-at",
    empty=Empty(
        Text("Everybody met so far stands in a roster.", "目前所见均在册。"),
        Text(
            "Whoever is met and stands in none is added here, and is due from then on.",
            "走访中遇到不在册的人、户，请在此登记，登记后即应访应检。",
        ),
    ),
    filters=(
        Filter(
            "what",
            Text("What", "对象"),
            where(lambda found, value: found.what == value),
            choices=tuple((name, badge.label) for name, badge in WHAT.items()),
        ),
    ),
    search=_said,
    codes=lambda row: [row.held.code],
    what="found",
    dress=_dressed,
)


def found(request: Request) -> HttpResponse:
    actions = []
    if can(request.account, "registry.record"):
        for what, label in (("household", Text("Add a family", "登记户")), ("person", Text("Add a person", "登记人员"))):
            actions.append(
                Action(label, f"{reverse('register.add')}?{urlencode({'what': what})}", "user-plus", primary=what == "household")
            )
    return FOUND.respond(request, found_here(request.account), actions=actions)
