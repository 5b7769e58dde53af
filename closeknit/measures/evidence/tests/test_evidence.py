"""Every number of Pushi's reports opens as many rows as it says."""

import re
from typing import Any

import pytest

from closeknit.console.evidence.links import evidence_url, question_of
from closeknit.kit import clock
from closeknit.reports.tests.pushi import CUT_OFF, FIRST, SECOND, TOWN, Closed
from tests.town import account

pytestmark = pytest.mark.django_db
ROW = re.compile(r"<tbody>(.*?)</tbody>", re.DOTALL)


def rows(page: str) -> int:
    """How many rows the table of a page has."""
    found = ROW.search(page)
    return found.group(1).count("<tr") if found else 0


@pytest.mark.parametrize("day", [FIRST, SECOND])
def test_each_number_opens_its_rows(closed: Closed, client: Any, day):
    client.force_login(account("ben", "town_clerk", TOWN))
    report = closed.report(day)

    for figure in (one for part in report.parts for one in part.figures):
        page = client.get(evidence_url(question_of(report), figure.name)).content.decode()
        assert rows(page) == min(50, figure.number), figure.name
        if figure.number > 50:
            assert f"共 {figure.number} 行" in page, figure.name


def test_the_last_page_holds_the_rest(closed: Closed, client: Any):
    client.force_login(account("ben", "town_clerk", TOWN))
    report = closed.report(FIRST)

    page = client.get(evidence_url(question_of(report), "doorknock.visits") + "&page=27").content.decode()

    assert (report.figure("doorknock.visits").number, rows(page)) == (1316, 16)


def test_rows_that_came_after_the_sealing_stand_on_the_page_that_explains_them(closed: Closed, client: Any):
    client.force_login(account("ben", "town_clerk", TOWN))

    page = client.get(f"/reports/{TOWN}/{FIRST}/why/doorknock.visits/").content.decode()

    assert (rows(page), "增 950" in page, "封存后收到" in page) == (50, True, True)


def test_the_body_of_the_page_is_the_same_a_day_later(closed: Closed, client: Any):
    client.force_login(account("ben", "town_clerk", TOWN))
    with clock.at(CUT_OFF):
        first = client.get(f"/reports/{TOWN}/{FIRST}/")
    with clock.at(CUT_OFF.replace(day=20)):
        second = client.get(f"/reports/{TOWN}/{FIRST}/")

    assert body(first) == body(second)


def body(response: Any) -> str:
    """The page without its frame, which tells the reader's own time."""
    page = response.content.decode()
    return str(page[page.index('class="page-head"') : page.index('class="foot"')])
