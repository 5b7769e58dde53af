"""The lists of an area: households, persons, places. Names are masked; what a page shows goes into the trail."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.registry.kinds import Category
from closeknit.registry.models import Household, Person, Place
from closeknit.registry.reading.names import age, masked_id, masked_name, masked_phone
from closeknit.registry.reading.places import category
from closeknit.registry.searching import search_persons

MOST_FOUND = 400
SEXES = {"m": Text("male", "男"), "f": Text("female", "女")}
DOUBTS = {"bad_id": Badge(Text("in doubt", "存疑"), "watch"), "no_id": Badge(Text("no ID", "缺证件号"), "watch")}
TAGS = (
    ("living_alone", Text("lives alone", "独居")),
    ("immobile", Text("cannot move easily", "行动不便")),
    ("key", Text("key person", "重点人员")),
)
EMPTY = Empty(
    Text("Nobody is entered here yet.", "本区域尚无登记。"),
    Text("Bring a roster in, or add whom you meet.", "请导入名册，或逐一补登。"),
)


@dataclass(frozen=True)
class Row:
    """A row of the register with what the page shows of it."""

    held: Any
    told: dict[str, Any]
    area: str
    inmates: list[Person] = field(default_factory=list)

    @property
    def name(self) -> str:
        return masked_name(str(self.told.get("name", "")))

    @property
    def head(self) -> str:
        """The head of a household, else who stands first in it."""
        told = [each.told() for each in self.inmates]
        heads = [each for each in told if each.get("relation") in ("户主", "本人")] or told
        return masked_name(heads[0].get("name", "")) if heads else ""


def _within(model: Any, area: str) -> QuerySet[Any]:
    return model.objects.current().filter(area__in=Area.objects.below(area).values("code"))  # type: ignore[no-any-return]


def _of_households(page: list[Household]) -> list[Row]:
    names, inmates = Area.objects.names(row.area for row in page), defaultdict(list)
    for person in Person.objects.current().filter(household__in=[row.code for row in page]).order_by("code"):
        inmates[person.household].append(person)
    return [Row(row, row.told(), names.get(row.area, row.area), inmates[row.code]) for row in page]


def _of_persons(page: list[Person]) -> list[Row]:
    names = Area.objects.names(row.area for row in page)
    return [Row(row, row.told(), names.get(row.area, row.area)) for row in page]


def _of_places(page: list[Place]) -> list[Row]:
    names = Area.objects.names(row.area for row in page)
    return [Row(row, {}, names.get(row.area, row.area)) for row in page]


def _by_head(rows: QuerySet[Household], text: str) -> QuerySet[Household]:
    people = search_persons(text, Person.objects.current().filter(household__in=rows.values("code")), most=MOST_FOUND)
    return rows.filter(code__in=[each.household for each in people]) | rows.filter(code__icontains=text)


def _by_words(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    return rows.filter(code__in=[each.code for each in search_persons(text, rows, most=MOST_FOUND)]) | rows.filter(code__iexact=text)


def _categories() -> list[tuple[str, Text | str]]:
    return [(name, category(name)) for name in Place.objects.current().values_list("category", flat=True).distinct().order_by("category")]


AREA = Column("area", Text("Area", "所属区域"), lambda row: row.area, sort=("area", "code"))
HOUSEHOLDS = Listing(
    columns=(
        Column(
            "code",
            Text("Household", "户编号"),
            lambda row: row.held.code,
            sort="code",
            link=lambda row: links.to("register.household", code=row.held.code),
            phone="title",
        ),
        Column("head", Text("Head", "户主"), lambda row: row.head),
        Column("people", Text("People", "人数"), lambda row: len(row.inmates), number=True, phone="end"),
        Column("address", Text("Address", "住址"), lambda row: row.told.get("address") or row.told.get("landmark"), phone="wide"),
        Column("area", Text("Area", "所属区域"), lambda row: row.area, sort=("area", "position", "code")),
    ),
    order="area",
    empty=EMPTY,
    search=_by_head,
    search_label=Text("Code, or a name", "户编号或姓名"),
    codes=lambda row: [row.held.code],
    what="household",
    dress=_of_households,
)
PERSONS = Listing(
    columns=(
        Column(
            "name",
            Text("Name", "姓名"),
            lambda row: row.name or row.held.code,
            link=lambda row: links.to("register.person", code=row.held.code),
            phone="title",
        ),
        Column("code", Text("Code", "人员编号"), lambda row: row.held.code, sort="code", hidden=True),
        Column("sex", Text("Sex", "性别"), lambda row: SEXES.get(row.held.sex), sort=("sex", "code")),
        Column("age", Text("Age", "年龄"), lambda row: age(row.held.birth_date), sort=("-birth_date", "code"), number=True),
        Column("id_no", Text("ID number", "证件号码"), lambda row: masked_id(row.told.get("id_no", "")), phone="wide"),
        Column("phone", Text("Telephone", "联系电话"), lambda row: masked_phone(row.told.get("phone", "")), phone="hide"),
        Column(
            "doubt",
            Text("Doubt", "存疑"),
            lambda row: DOUBTS.get(row.held.doubt, ""),
            sort=("-doubt", "code"),
            phone="end",
            export=lambda row: row.held.doubt,
        ),
        Column(
            "household",
            Text("Household", "户编号"),
            lambda row: row.held.household,
            sort=("household", "code"),
            link=lambda row: links.to("register.household", code=row.held.household),
        ),
        AREA,
    ),
    order="household",
    empty=EMPTY,
    filters=(
        Filter("doubt", Text("ID in doubt", "证件存疑"), lambda rows, value: rows.exclude(doubt=""), "flag"),
        Filter("category", Text("Category", "人员类别"), equals("category"), choices=tuple((each.value, each.label) for each in Category)),
        Filter("tag", Text("Mark", "标签"), lambda rows, value: rows.filter(tags__icontains=f'"{value}"'), choices=TAGS),
        Filter("sex", Text("Sex", "性别"), equals("sex"), choices=tuple(SEXES.items())),
    ),
    search=_by_words,
    search_label=Text("Name, pinyin, end of the ID or telephone", "姓名、拼音、证件号或电话后四位"),
    codes=lambda row: [row.held.code],
    dress=_of_persons,
)
PLACES = Listing(
    columns=(
        Column(
            "name",
            Text("Name", "名称"),
            lambda row: row.held.name,
            sort="name",
            link=lambda row: links.to("venues.place", code=row.held.code),
            phone="title",
        ),
        Column(
            "category",
            Text("Category", "类别"),
            lambda row: category(row.held.category),
            sort=("category", "code"),
            phone="end",
        ),
        Column("code", Text("Code", "编号"), lambda row: row.held.code, sort="code"),
        AREA,
        Column("notes", Text("Notes", "备注"), lambda row: row.held.notes, phone="wide"),
    ),
    order="area",
    empty=Empty(Text("No places here.", "本区域无场所。"), Text("They come with places.csv.", "场所随 places.csv 导入。")),
    filters=(Filter("category", Text("Category", "类别"), equals("category"), choices=_categories),),
    search=words_in("name", "code", "notes"),
    dress=_of_places,
)


def _respond(request: Request, listing: Listing, model: Any, area: str) -> HttpResponse:
    row = Area.objects.current().get(code=area)
    above = [*links.above(request.account, row, request.screen.name), (row.name, links.to("register.area", area=area))]
    return listing.respond(
        request,
        _within(model, area),
        crumbs=above,
        heading=Text("{what} of {area}", "{area}：{what}", what=request.screen.title, area=row.name),
    )


def households(request: Request, area: str) -> HttpResponse:
    return _respond(request, HOUSEHOLDS, Household, area)


def persons(request: Request, area: str) -> HttpResponse:
    return _respond(request, PERSONS, Person, area)


def places(request: Request, area: str) -> HttpResponse:
    return _respond(request, PLACES, Place, area)
