"""Table RPT: computed and not typed, closed at five, summed up with the rows behind it, silence named."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.reports.closing import confirm, report_of
from closeknit.reports.duty import owe
from closeknit.reports.figures import Question, figure
from closeknit.reports.models import Sealed
from tests.town import COUNTY, EAST, GRID, START, TOWN, WEST, Cast, Field

DAY = date(2022, 3, 18)
FOUR, AFTER = (datetime.fromisoformat(f"2022-03-18T{time}:00+08:00") for time in ("16:00", "17:01"))
SignIn = Callable[..., Any]


@pytest.fixture
def day(field_records: Field) -> Field:
    """Two villages that owe a report at five; two doors were met in the west, one of them in a grid."""
    with clock.at(START - timedelta(hours=12)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=DAY, last_day=None)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H3", area=GRID, data={"outcome": "met"})
    return field_records


def test_rpt_01_what_is_known_is_computed_and_only_what_is_not_is_asked(day: Field, cast: Cast, sign_in: SignIn):
    with clock.at(FOUR):
        page = sign_in(cast.ana).get("/report/").content.decode()
        confirm(WEST, DAY, by="W1")
        report = report_of(TOWN, DAY)[0]

    assert ("走访次数" in page, 'name="doorknock.visits"' in page, 'name="note"' in page) == (True, False, True)
    assert (report.figure("doorknock.visits").number, report.figure("doorknock.settled").number) == (2, 2)
    assert [unit.name for unit in report.of_state("on_time")] == ["西坪村"]


def test_rpt_02_the_day_closes_at_five_and_the_bulletin_names_who_did_not_report(day: Field, cast: Cast, sign_in: SignIn):
    with clock.at(FOUR):
        confirm(WEST, DAY, by="W1")
    with clock.at(AFTER):
        text = sign_in(cast.ben).get(reverse("daily.text", args=[TOWN, DAY.isoformat()])).content.decode()

    assert "未报（1）：东岭村" in text
    assert [(held.area, held.ends_at) for held in Sealed.objects.filter(area=TOWN)] == [(TOWN, FOUR + timedelta(hours=1))]


def test_rpt_03_a_figure_adds_up_at_every_level_and_leads_to_the_records_behind_it(day: Field, cast: Cast, sign_in: SignIn):
    levels = {area: Question(area, START, START + timedelta(days=1)) for area in (GRID, WEST, EAST, TOWN, COUNTY)}
    rows = {area: figure("doorknock.visits", question).rows(question) for area, question in levels.items()}

    assert {area: found.value() for area, found in rows.items()} == {GRID: 1, WEST: 2, EAST: 0, TOWN: 2, COUNTY: 2}
    behind = {row.event.id for row in rows[TOWN].listed()}
    assert behind == set(Event.objects.filter(kind="doorknock.visited").values_list("id", flat=True))
    with clock.at(FOUR):
        page = sign_in(cast.ben).get(f"/figures/doorknock.visits/?area={TOWN}").content.decode()
    assert [str(event) in page for event in behind] == [True, True]


def test_rpt_04_zero_is_a_report_and_silence_is_a_failure(day: Field, cast: Cast, sign_in: SignIn):
    with clock.at(FOUR):
        confirm(EAST, DAY, by="W2", zero=True)
    with clock.at(AFTER):
        report = report_of(TOWN, DAY)[0]
        board = sign_in(cast.ben).get(f"/board/{TOWN}/").content.decode()

    assert [(unit.name, unit.state, unit.zero) for unit in report.units] == [("西坪村", "missing", False), ("东岭村", "on_time", True)]
    assert "西坪村" in board.split("未报", 1)[1][:600]
