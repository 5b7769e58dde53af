"""The one list: narrowed, sorted, paged, kept, printed and taken out of the house."""

import csv
import io
import re
from dataclasses import replace

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from closeknit.access.models import Reading
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals, where, words_in, words_said
from closeknit.console.lists.files import guarded
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from tests.town import Cast

EMPTY = Empty(Text("No areas yet.", "尚无地区。"), Text("Import areas first.", "请先导入地区。"))
AREAS = Listing(
    columns=(
        Column(
            "name", Text("Name", "名称"), lambda area: area.name, sort=("name",), link=lambda area: f"/area/{area.code}/", phone="title"
        ),
        Column("code", Text("Code", "代码"), lambda area: area.code, sort=("code",)),
        Column("level", Text("Level", "层级"), lambda area: area.level, hidden=True),
        Column("length", Text("Length", "长度"), lambda area: len(area.code), number=True),
    ),
    order="code",
    empty=EMPTY,
    filters=(Filter("level", Text("Level", "层级"), equals("level"), choices=(("village", "村"), ("grid", "网格"))),),
    search=words_in("name", "code"),
    codes=lambda area: [area.code],
)
PLAIN = replace(
    AREAS,
    filters=(Filter("level", Text("Level", "层级"), where(lambda area, value: area.level == value), choices=(("village", "村"),)),),
    search=words_said(lambda area: (area.name, area.code)),
    columns=(Column("code", Text("Code", "代码"), lambda area: area.code, sort=lambda area: area.code), *AREAS.columns[2:]),
)


def ask(cast: Cast, query: str = "", *, listing: Listing = AREAS, rows=None, who=None) -> HttpResponse:
    request = RequestFactory().get(f"/areas/?{query}")
    request.account = request.user = who or cast.ben
    request.session = {}
    request._messages = ()
    request.screen = Screen("tests.areas", "areas/", lambda request: HttpResponse(), Text("Areas", "地区"), "")
    with translation.override("en"):
        return listing.respond(request, Area.objects.current() if rows is None else rows)


def codes(answer: HttpResponse) -> list[str]:
    """The codes of the rows on a page, in order."""
    return re.findall(r'data-label="Code">\s*(?:<a[^>]*>)?([0-9A-Z-]+)', answer.content.decode())


@pytest.mark.parametrize("listing", [AREAS, PLAIN], ids=["queryset", "memory"])
def test_a_list_is_narrowed_searched_and_sorted_by_the_url(cast: Cast, listing):
    rows = None if listing is AREAS else list(Area.objects.current())

    assert codes(ask(cast, "level=village&sort=-code", listing=listing, rows=rows)) == ["990102101201", "990101101202", "990101101201"]
    assert codes(ask(cast, "q=东岭", listing=listing, rows=rows)) == ["990101101202"]


def test_what_the_url_does_not_know_is_passed_over(cast: Cast):
    assert len(codes(ask(cast, "level=nowhere&sort=drop&page=-3&cols=x"))) == Area.objects.count()


@pytest.mark.parametrize(("query", "used"), [("", False), ("level=village", False), ("level=grid", True), ("level=", True), ("q=东", True)])
def test_the_filters_stay_folded_on_a_phone_until_the_url_asks_for_more_than_stands(cast: Cast, query: str, used: bool):
    standing = replace(AREAS, filters=(replace(AREAS.filters[0], standing="village"),))
    page = ask(cast, query, listing=standing).content.decode()

    assert ("data-used" in page, ">Clear</a>" in page) == (used, used)


def test_long_lists_are_paged_and_the_links_keep_the_state(cast: Cast):
    page = ask(cast, "sort=-code&page=2&level=village", listing=replace(AREAS, per_page=2)).content.decode()

    assert "page 2 of 2" in page
    assert "?sort=-code&amp;level=village" in page.split('rel="prev"')[1][:80]


def test_hidden_columns_are_shown_when_chosen(cast: Cast):
    assert "grid" not in ask(cast, "q=第1网格").content.decode().split("<tbody>")[1]
    assert "grid" in ask(cast, "q=第1网格&col=code&col=level").content.decode().split("<tbody>")[1]


def test_an_empty_list_says_what_to_do_first_and_a_narrow_one_to_widen(cast: Cast):
    assert "Import areas first." in ask(cast, rows=Area.objects.none()).content.decode()
    assert "Nothing matches." in ask(cast, "q=xyz").content.decode()


def test_who_was_shown_is_written_and_only_they(cast: Cast):
    ask(cast, "level=grid")

    assert Reading.objects.get().codes == ["990101101201-G01"]


def test_a_workbook_holds_all_rows_as_text_and_says_who_took_it(cast: Cast):
    answer = ask(cast, "level=village&as=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]

    assert rows[0] == ["Name", "Code", "Level", "Length"]
    assert [row[1] for row in rows[1:]] == ["990101101201", "990101101202", "990102101201"]
    assert "ben" in str(book.worksheets[0]["A2"].value)
    assert book.worksheets[1].freeze_panes == "A2"


def test_csv_has_a_mark_and_no_formulas(cast: Cast):
    answer = ask(cast, "level=grid&as=csv")

    assert answer.content.startswith("\ufeff".encode())
    assert next(iter(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]))[1] == "990101101201-G01"
    assert [guarded(text) for text in ("=1+1", "+86", "-1", "@x", "张三", 3)] == ["'=1+1", "'+86", "'-1", "'@x", "张三", 3]
    assert [guarded(text) for text in ("＝1+1", "－1", "\n=1")] == ["'＝1+1", "'－1", "'\n=1"], "as some spreadsheets read them"


def test_nobody_takes_a_list_out_without_the_right(cast: Cast):
    with pytest.raises(PermissionDenied):
        ask(cast, "as=csv", who=cast.chen)


def test_paper_says_who_printed_it(cast: Cast):
    page = ask(cast, "as=print").content.decode()

    assert "printed by Ben" in page
    assert '<a href="/area/' not in page


def test_paper_has_no_buttons_and_leaves_room_for_a_pen(cast: Cast):
    press = Column("press", Text("Press", "操作"), lambda area: Action(Text("Settle", "落实"), "/settle/"), export=lambda area: "")
    listing = replace(AREAS, columns=(*AREAS.columns, press))

    assert ask(cast, listing=listing).content.decode().count("/settle/") == Area.objects.count()
    page = ask(cast, "as=print", listing=listing).content.decode()
    assert ("/settle/" in page, page.count(">Press</th>")) == (False, 1)
