"""Returnees on the screen: who is still to be verified, masked; and whose names were shown is written down."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from tests.covid_words import covid_words
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account, build

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=30)
SAID = {"origin": "430100", "arrived_at": "2022-03-18", "way": "phone", "risk_stay": "high"}


def returned(records: Field) -> None:
    """One verified, one late, one of just now who was found with no household."""
    records.record("returnees.declared", household="H1", data={**SAID, "name": "卢兰利"})
    records.record("returnees.declared", area=EAST, household="H4", data={**SAID, "name": "喆𬱖"})
    records.later(hours=1).record("returnees.verified", household="H1", data={"outcome": "confirmed", "measure": "home_monitor"})
    records.later(hours=27).record("returnees.declared", data={**SAID, "name": "无户人"})


@pytest.fixture
def returnees(field_records: Field) -> Iterator[Field]:
    returned(field_records)
    with clock.at(NOW):
        yield field_records


def rows(client: Any, query: str = "", area: str = TOWN) -> list[list[str]]:
    """The list as a file: name, state, area, class, measure …"""
    text = client.get(f"/returnees/{area}/?as=csv&{query}").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", ["喆＊", "无＊＊"]), ("state=late", ["喆＊"]), ("state=verified", ["卢＊＊"]), ("state=all", ["卢＊＊", "喆＊", "无＊＊"]),
     ("way=door", [])],
)  # fmt: skip
def test_who_is_still_to_be_verified_stands_there_masked(returnees: Field, cast: Cast, sign_in: SignIn, query: str, expected: list[str]):
    assert sorted(row[0] for row in rows(sign_in(cast.ben), query)[1:]) == sorted(expected)


def test_what_became_of_it_and_the_class_by_stay(returnees: Field, cast: Cast, sign_in: SignIn):
    heading, row = rows(sign_in(cast.ben), "state=verified")
    said = dict(zip(heading, row, strict=True))

    assert (said["状态"], said["旅居风险"], said["管理措施"], said["地区"]) == ("核实在家", "高风险", "居家健康监测", "西坪村")


def test_the_name_leads_to_the_household_and_the_button_to_the_form(returnees: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get(f"/returnees/{TOWN}/").content.decode()

    assert 'href="/household/H4/"' in page
    assert "/record/returnees.verified/?household=H4" in page
    assert "喆𬱖" not in page


@pytest.mark.parametrize(("shape", "purpose"), [("", ""), ("?as=print", "print"), ("?as=csv", "export csv")])
def test_whose_names_were_shown_is_written_down(returnees: Field, cast: Cast, sign_in: SignIn, shape: str, purpose: str):
    sign_in(cast.ben).get(f"/returnees/{TOWN}/{shape}")
    reading = Reading.objects.get()

    assert (reading.account, reading.screen, reading.purpose, "H4" in reading.codes, "H1" in reading.codes) == (
        "ben", "returnees.list", purpose, True, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("ben", TOWN, 200), ("dov", TOWN, 404), ("dov", WEST, 404)]
)
def test_who_sees_which_returnees(returnees: Field, cast: Cast, sign_in: SignIn, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/returnees/{area}/").status_code == status


def test_chen_sees_them_and_cannot_record(returnees: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.chen).get(f"/returnees/{TOWN}/").content.decode()

    assert ("喆＊" in page, "/record/returnees" in page) == (True, False)


def test_where_nobody_was_declared_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    assert "返乡前或抵达时，可填报" in sign_in(cast.ben).get(f"/returnees/{TOWN}/").content.decode()


def test_under_another_disease_no_class_and_no_measure_is_shown(db: None, tmp_path: Path, sign_in: SignIn):
    build(tmp_path, pack="generic-measles")
    returned(Field())
    with clock.at(NOW):
        client = sign_in(account("ben", "town_clerk", TOWN, member="W3"))
        heading = rows(client, "state=all")[0]
        page = client.get(f"/returnees/{TOWN}/?state=all").content.decode()

    assert [word for word in ("旅居风险", "管理措施") if word in heading] == []
    assert covid_words(page) == []
