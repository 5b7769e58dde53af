"""Sheets on paper: what is printed on them for whom, and the list of those that are out."""

import csv
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.console.records.cells import cells
from closeknit.kit import clock
from closeknit.kit.ids import printed as code_of
from closeknit.ledger.kinds import kinds
from closeknit.paper.models import Row, Sheet
from closeknit.policy.packs import policy
from closeknit.reports.figures import is_asked
from tests.everywhere.papers import printed
from tests.town import COUNTY, EAST, START, TOWN, WEST, Cast, Field, account

NOW = START + timedelta(hours=3)
VISIT = "doorknock.visited"
BY_FORM = sorted(kind.name for kind in kinds().values() if kind.by_form)


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(NOW):
        yield


def page(client: Any, sheet: Sheet, query: str = "") -> str:
    return client.get(f"/sheets/{sheet.code}/paper/{query}").content.decode()


def text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_who_is_left_stands_on_the_sheet_with_name_address_and_code(ben, field_records: Field):
    field_records.record(VISIT, household="H2", data={"outcome": "met"})

    sheet = printed(ben, VISIT, area=WEST, rows="left:sweep", member="W1")
    shown = page(ben, sheet)

    assert [row.code for row in Row.objects.filter(listed=True).order_by("number")] == ["H1", "H3"]
    assert [word in shown for word in ("卢兰利", "1组1号", "尉迟恭", "单田芳", "村干部甲 W1", "西坪村", str(sheet))] == [
        True, True, True, False, True, True, True,
    ]  # fmt: skip
    assert shown.count('<span class="square"') == 3  # the sheet's own code and one a row
    assert code_of("H", "H1") == "CKH1:H1:4"


def test_every_field_has_its_boxes_or_its_line_in_the_readers_language(ben):
    sheet = printed(ben, VISIT, area=WEST, rows="blank")
    english = text(page(ben, sheet))
    ben.cookies["django_language"] = "zh-hans"
    chinese = text(page(ben, sheet))

    assert "1 Met 2 Nobody home 3 Refused 4 Moved away 5 Vacant" in english
    assert "1 已见面 2 无人在家 3 拒绝 4 已搬走 5 空户" in chinese
    assert [label in english for label in ("People at home", "Needs", "Note", "yes no")] == [True] * 4


@pytest.mark.either
@pytest.mark.parametrize("name", BY_FORM)
def test_every_kind_prints_and_can_be_entered(ben, name: str):
    kind = kinds()[name]
    if not is_asked(kind, policy(TOWN)):
        pytest.skip("not in this pack")

    sheet = printed(ben, name, area=WEST, rows="blank", place="CP1")
    shown, grid = text(page(ben, sheet)), ben.get(f"/sheets/{sheet.code}/")

    columns = cells(kind, policy(TOWN))
    assert [str(each.label.of("en")) for each in columns if each.label.of("en") not in shown] == []
    assert [f'name="r20.{each.name}"' in grid.content.decode() for each in columns] == [True] * len(columns)


def test_a_list_too_long_for_the_paper_goes_in_numbers_and_its_words_stand_below(ben):
    columns = cells(kinds()[VISIT], policy("99"), room=110)
    narrow = cells(kinds()[VISIT], policy("99"), room=60)

    assert [each.paper for each in columns if each.question.choices] == ["boxes"]
    assert [(each.paper, each.in_words.count("·")) for each in narrow if each.question.choices] == [("number", 4)]


def test_names_on_paper_are_written_into_the_trail(ben):
    sheet = printed(ben, VISIT, area=WEST, rows="left:sweep")
    page(ben, sheet)

    assert [(each.account, each.what, each.codes, each.purpose) for each in Reading.objects.filter(screen="sheets.paper")] == [
        ("ben", "household", ["H1", "H2", "H3"], "paper")
    ]


def test_a_sheet_of_whereabouts_names_nobody(ben):
    form = ben.get("/sheets/print/?kind=checkpoints.person_checked").content.decode()
    sheet = printed(ben, "checkpoints.person_checked", area=WEST, rows="blank", place="CP1")

    assert re.findall(r'name="rows" value="(\w+)', form) == ["blank"]
    assert (sheet.about, sheet.place, Row.objects.exclude(code="").count()) == ("", "CP1", 0)
    assert "渡口卡点" in page(ben, sheet)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"rows": "blank", "area": "990102101201"}, "area"),
        ({"rows": "blank", "area": WEST, "member": "W404"}, "member"),
        ({"rows": "blank", "area": WEST, "blank": "99"}, "blank"),
        ({"rows": "left:other", "area": WEST}, "rows"),
        ({"rows": "blank", "area": WEST, "day": ""}, "day"),
    ],
)
def test_a_wrong_choice_says_where(ben, form: dict[str, str], field: str):
    sent = {"run": "6b1a5e3c-2d4f-4f6a-8f0e-000000000000", "day": "2022-03-18", "blank": "1", **form}
    answer = ben.post(f"/sheets/print/?kind={VISIT}", sent)

    assert (answer.status_code, Sheet.objects.count()) == (422, 0)
    assert f'href="#f-{field}"' in answer.content.decode()


def test_nobody_left_is_told(ben, field_records: Field):
    for household in ("H4", "H5"):
        field_records.record(VISIT, household=household, area=EAST, data={"outcome": "met"})
    answer = ben.post(
        f"/sheets/print/?kind={VISIT}",
        {"run": "6b1a5e3c-2d4f-4f6a-8f0e-000000000000", "day": "2022-03-18", "area": EAST, "rows": "left:sweep"},
    )

    assert (answer.status_code, "Nobody is left to do here" in answer.content.decode()) == (422, True)


def test_a_grid_worker_prints_for_nobody_but_oneself(client, cast: Cast):
    client.force_login(account("gao", "grid_worker", WEST, member="W1"))

    own = printed(client, VISIT, area=WEST, rows="left:sweep", member="W1")
    other = client.post(
        f"/sheets/print/?kind={VISIT}",
        {"run": "6b1a5e3c-2d4f-4f6a-8f0e-000000000000", "day": "2022-03-18", "area": WEST, "rows": "blank", "member": "W3"},
    )

    assert (own.member, other.status_code) == ("W1", 422)
    assert client.get(f"/sheets/{own.code}/").status_code == 403, "entering is the clerk's"


def test_what_one_does_not_record_one_does_not_print(client, cast: Cast):
    client.force_login(cast.ana)
    offered = client.get("/sheets/print/").content.decode()

    assert ("kind=doorknock.visited" in offered, "kind=checkpoints.tallied" in offered) == (True, False)
    assert client.get("/sheets/print/?kind=checkpoints.tallied").status_code == 403
    assert client.get("/sheets/print/?kind=registry.merged").status_code == 404


def listed(client: Any, query: str = "") -> list[list[str]]:
    content = client.get(f"/sheets/?as=csv&{query}").content.decode("utf-8-sig")
    return list(csv.reader(content.splitlines()))[1:]


def test_the_list_says_what_is_out_overdue_and_entered(ben):
    late = printed(ben, VISIT, area=WEST, rows="left:sweep", member="W1")
    with clock.at(NOW + timedelta(hours=25)):
        out = printed(ben, "outreach.posted", area=EAST, rows="blank")
        done = printed(ben, VISIT, area=EAST, rows="left:sweep")
        visit = {"r1.time": "3-19 905", "r1.outcome": "1", "r2.time": "3-19 910", "r2.outcome": "4"}
        ben.post(f"/sheets/{done.code}/", {"day": "2022-03-18", "worker": "W2", **visit})

        lines = {line[0]: (line[7], line[8]) for line in listed(ben, "state=&sort=code")}
        states = {state: {line[0] for line in listed(ben, f"state={state}")} for state in ("open", "late", "done")}

    assert lines == {str(late): ("0/3", "overdue"), str(out): ("0/20", "out"), str(done): ("2/2", "entered")}
    assert states == {"open": {str(late), str(out)}, "late": {str(late)}, "done": {str(done)}}


def test_a_code_in_the_search_field_leads_to_its_sheet_and_a_slip_is_told(ben):
    sheet = printed(ben, VISIT, area=WEST, rows="blank", member="W1")
    slip = sheet.code[:-1] + ("2" if sheet.code[-1] != "2" else "3")

    straight = ben.get("/sheets/", {"q": str(sheet).lower()})
    told = ben.get("/sheets/", {"q": slip}).content.decode()
    by_name = [line[0] for line in listed(ben, "q=村干部甲")]
    box = ben.get("/search/", {"q": sheet.code}).content.decode()

    assert straight.headers["Location"] == f"/sheets/{sheet.code}/"
    assert f"{slip} is no sheet" in told
    assert (by_name, f"/sheets/{sheet.code}/" in box) == ([str(sheet)], True)


def test_dov_sees_no_sheet_of_ours(client, cast: Cast, ben):
    sheet = printed(ben, VISIT, area=WEST, rows="left:sweep")
    client.force_login(cast.dov)

    assert [client.get(f"/sheets/{code}/paper/").status_code for code in (sheet.code, "ABCDEFG")] == [404, 404]
    assert str(sheet) not in client.get("/sheets/?state=").content.decode()
    assert client.get("/sheets/", {"q": sheet.code}).status_code == 200
    assert str(sheet) not in client.get("/search/", {"q": sheet.code}).content.decode()


def test_all_sheets_of_a_run_are_printed_together(ben):
    sheet = printed(ben, VISIT, area=WEST, rows="blank", blank="3")

    assert (page(ben, sheet).count("<article"), page(ben, sheet, "?run=1").count("<article")) == (1, 3)


def test_who_does_not_record_reads_no_whole_names_on_paper(client, cast: Cast, ben):
    sheet = printed(ben, VISIT, area=WEST, rows="left:sweep")
    client.force_login(account("wei", "county_supervisor", COUNTY))

    assert ("卢＊＊" in page(client, sheet), "卢兰利" in page(client, sheet)) == (True, False)
