"""A plan by village and day; what was told counts against it; what is missing is a list with names."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.measures.library.tests.telling import decide, write
from closeknit.reports.figures import Question, figures
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Any]
DAY = "2022-03-18"


def rows(client: Any, query: str = "") -> list[list[str]]:
    text = client.get(f"/broadcasts/{TOWN}/?as=csv{query}").content.decode("utf-8-sig")
    return [line.split(",")[:8] for line in text.splitlines()[1:]]


def planned(client: Any, **said: Any) -> int:
    """The status of the form of a plan."""
    form = {"channel": "loudspeaker", "areas": [WEST, EAST], "first": DAY, "last": "2022-03-19", "quantity": "2", **said}
    return int(client.post(f"/broadcasts/{TOWN}/new/", form).status_code)


def test_com_02_a_plan_by_village_and_day_what_was_done_and_what_is_missing(field_records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(START):
        assert [planned(client), planned(client, first="2022-03-20")] == [302, 422]
    decide(field_records, write(field_records))
    with clock.at(START + timedelta(hours=2)):
        visits = {"channel": "home_visit", "areas": [TOWN], "last": DAY}
        assert [planned(client, **visits, text_id="T-404"), planned(client, **visits, text_id="T-001")] == [422, 302]
    field_records.record("outreach.broadcast", area=GRID, data={"device_kind": "loudspeaker", "quantity": 1})
    field_records.record("outreach.broadcast", data={"device_kind": "loudspeaker", "quantity": 1, "text_id": "T-001"})
    field_records.record("outreach.broadcast", area=EAST, data={"device_kind": "radio", "quantity": 5})
    for household, area in (("H1", WEST), ("H1", WEST), ("H4", EAST)):
        field_records.record("doorknock.visited", household=household, area=area, data={"outcome": "met"})
    with clock.at(START + timedelta(days=1, hours=2)):
        listed = rows(client)
        board = html.unescape(client.get(f"/board/{TOWN}/?at=now").content.decode())

    assert listed == [
        ["大喇叭", "未落实", "东岭村", DAY, "", "2", "0", "2"],
        ["大喇叭", "待落实", "西坪村", "2022-03-19", "", "2", "0", "2"],
        ["大喇叭", "待落实", "东岭村", "2022-03-19", "", "2", "0", "2"],
        ["入户宣传", "已落实", "河口镇", DAY, "T-001", "2", "2", "0"],
        ["大喇叭", "已落实", "西坪村", DAY, "", "2", "2", "0"],
    ]
    assert "1 项宣传计划未落实" in board
    told = figures(Question(TOWN, START - timedelta(hours=15), START + timedelta(hours=9)), "outreach.")
    assert [told[f"outreach.plan_{name}"] for name in ("due", "kept", "missing")] == [3, 2, 1]


def test_com_02_the_latest_word_counts_and_nought_takes_a_line_away(field_records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    for hours, quantity in ((0, "9"), (1, "1")):
        with clock.at(START + timedelta(hours=hours)):
            planned(client, quantity=quantity, areas=[WEST])
    with clock.at(START + timedelta(hours=3)):
        planned(client, quantity="0", last=DAY, areas=[WEST])
    with clock.at(START + timedelta(hours=4)):
        assert [(row[3], row[5]) for row in rows(client)] == [("2022-03-19", "1")]


@pytest.mark.parametrize("screen", ["", "new/"])
@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("dov", TOWN, 404), ("chen", TOWN, 403)])
def test_who_sees_it(field_records: Field, cast: Cast, sign_in: SignIn, screen: str, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/broadcasts/{area}/{screen}").status_code == status
