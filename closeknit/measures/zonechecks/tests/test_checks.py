"""Checks of zones: what is not met is a list until a later check says otherwise; the figures and the board."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.zones.tests.places import ZONE, order
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NAMES = ("checked", "not_met", "overdue")


def told(area: str, hours: float) -> dict[str, Any]:
    """The figures of checks at so many hours after the start."""
    end = START + timedelta(hours=hours)
    found = figures(Question(area, end - timedelta(days=1), end), "zonechecks.")
    return {name: found[f"zonechecks.{name}"] for name in NAMES}


def test_iso_04_standards_are_checked_and_what_is_not_met_is_a_list(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, hours=60)
    with clock.at(START + timedelta(hours=3)):
        ana = sign_in(cast.ana)
        said = {"s_doors_open": "met", "s_posts_manned": "not_met", "s_notice_posted": "not_met", "note": "2单元无人"}
        ana.post(f"/zone/{ZONE}/check/", said)
        listed = ana.get(f"/zone-checks/{WEST}/not-met/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
    assert Event.objects.get(kind="zonechecks.checked").told() == {
        "zone": ZONE, "met": ["doors_open"], "not_met": ["posts_manned", "notice_posted"], "note": "2单元无人",
    }  # fmt: skip
    assert sorted(line.split(",")[0] for line in listed) == ["出入口 24 小时有人值守", "出入口张贴通告，写明截止时间和电话"]
    assert (told(TOWN, 4), told(EAST, 4)["not_met"]) == ({"checked": 1, "not_met": 2, "overdue": 0}, 0)
    assert told(TOWN, 27.5) == {"checked": 0, "not_met": 2, "overdue": 1}

    field_records.later(hours=27).record("zonechecks.checked", data={"zone": ZONE, "met": ["posts_manned"]})

    assert told(TOWN, 29) == {"checked": 1, "not_met": 1, "overdue": 0}
    assert told(TOWN, 61) == {"checked": 0, "not_met": 0, "overdue": 0}, "what is over is not checked"


def test_the_board_says_which_zones_nobody_looked_at(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, hours=60)
    with clock.at(START + timedelta(hours=25)):
        ben = sign_in(cast.ben)
        board = html.unescape(ben.get(f"/board/{TOWN}/?at=now").content.decode())
        page = html.unescape(ben.get(f"/zone-checks/{TOWN}/").content.decode())

    assert ("逾期未检查的管控区：1 个" in board, "逾期未检查" in page, "河街片区" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("data", "field"), [({}, "data.met"), ({"met": ["a"], "not_met": ["a"]}, "data.not_met"), ({"zone": "a/b", "met": ["a"]}, "data.zone")]
)
def test_a_check_says_something_and_does_not_contradict_itself(field_records: Field, data: dict[str, Any], field: str):
    (answer,) = field_records.push(field_records.event("zonechecks.checked", data={"zone": ZONE, **data}))

    assert (answer.status, answer.field) == ("rejected", field)
