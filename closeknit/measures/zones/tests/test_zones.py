"""What the records of zones come to: in force, extended, lifted, over by itself; who lives there; the figures."""

from datetime import timedelta
from typing import Any

import pytest

from closeknit.measures.zones.kinds import all_zones
from closeknit.measures.zones.tests.places import ZONE, order, say
from closeknit.reports.figures import Question, figures
from tests.town import EAST, GRID, OTHER_COUNTY, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db


def told(area: str, hours: float, *names: str, as_of: float | None = None) -> dict[str, Any]:
    """These figures of zones at so many hours after the start."""
    end = START + timedelta(hours=hours)
    asked = Question(area, end - timedelta(days=1), end, START + timedelta(hours=as_of) if as_of is not None else None)
    found = figures(asked, "zones.")
    return {name: found[f"zones.{name}"] for name in names}


def states(*hours: float) -> list[str]:
    """The zone's state at these hours after the start."""
    zone = all_zones()[ZONE]
    return [zone.state(START + timedelta(hours=each)) for each in hours]


def test_iso_01_a_zone_holds_who_lives_there_by_subtraction_and_ends_by_itself(field_records: Field):
    order(field_records, hours=24)
    field_records.record("registry.found", area=GRID, data={"what": "person", "name": "无名"})
    found = field_records.record("registry.found", area=GRID, data={"what": "household", "landmark": "船坞"})
    field_records.record("registry.found", area=EAST, data={"what": "person", "household": f"found:{found.id}"})

    assert told(TOWN, 10, "in_force", "households", "persons") == {"in_force": 1, "households": 3, "persons": 5}
    assert told(GRID, 10, "in_force", "households", "persons") == {"in_force": 1, "households": 2, "persons": 3}
    assert told(EAST, 10, "in_force", "households") == {"in_force": 0, "households": 0}
    assert told(TOWN, 24, "in_force", "households", "persons") == {"in_force": 0, "households": 0, "persons": 0}
    assert states(-1, 0, 23.9, 24) == ["coming", "in_force", "in_force", "over"]


def test_an_extension_is_a_new_order_and_a_shorter_one_does_not_revive_the_longer(field_records: Field):
    order(field_records, hours=24)
    order(field_records.later(hours=2), start=24, hours=24, why="仍有新增")
    assert states(23, 25, 48) == ["in_force", "in_force", "over"]

    order(field_records.later(hours=2), start=5, hours=3, why="缩小范围", areas=[], households=["H2"])

    assert states(4, 6, 9, 25) == ["in_force", "in_force", "coming", "over"]
    assert told(WEST, 6, "households", "persons") == {"households": 1, "persons": 1}


def test_what_is_lifted_is_over_and_a_later_order_begins_anew(field_records: Field):
    order(field_records)
    say(field_records.later(hours=5), "zones.lifted", data={"reason": "全部阴性"})
    assert told(TOWN, 5.5, "in_force", as_of=5.5) == {"in_force": 1}
    assert told(TOWN, 6.5, "in_force", "lifted") == {"in_force": 0, "lifted": 1}

    order(field_records.later(hours=5), start=11)

    assert told(TOWN, 12, "in_force", "ordered") == {"in_force": 1, "ordered": 2}


def test_a_household_whose_objection_was_right_is_out_until_a_new_order(field_records: Field):
    order(field_records, without=["H3"])
    objected = say(field_records.later(hours=1), "zones.objected", household="H1", area=WEST, data={"words": "不在该楼", "way": "phone"})
    assert told(WEST, 3, "households", "objections_open", "objections_late") == {
        "households": 1, "objections_open": 1, "objections_late": 0,
    }  # fmt: skip
    assert told(WEST, 26.5, "objections_late") == {"objections_late": 1}

    decision = {"objection": str(objected.id), "outcome": "excepted", "reason": "属实"}
    say(field_records.later(hours=1), "zones.objection_decided", household="H1", area=WEST, data=decision)
    assert told(WEST, 4, "households", "objections_open") == {"households": 0, "objections_open": 0}

    order(field_records.later(hours=1), start=4)
    assert told(WEST, 5, "households") == {"households": 2}


def test_a_zone_is_untold_after_each_change_and_after_its_end(field_records: Field):
    order(field_records, hours=24)
    assert told(TOWN, 1.5, "untold") == {"untold": 1}

    say(field_records.later(hours=1), "zones.announced", data={"way": "posted"})
    assert (told(TOWN, 3, "untold"), told(TOWN, 24, "untold")) == ({"untold": 0}, {"untold": 1})
    assert told(OTHER_COUNTY, 3, "untold", "in_force") == {"untold": 0, "in_force": 0}


@pytest.mark.parametrize(
    ("left_out", "field", "word"),
    [
        ({"until_at": None}, "data.until_at", "到期自行解除"), ({"basis": None}, "data.basis", "法律依据"),
        ({"basis": " "}, "data.basis", "法律依据"),
        ({"lifts": []}, "data.lifts", ""), ({"lifts": [" "]}, "data.lifts", "解除条件"),
        ({"areas": [], "households": []}, "data.areas", "所含"),
        ({"until_at": "2022-03-20"}, "data.until_at", "时刻"), ({"until_at": "2022-03-01T00:00:00+08:00"}, "data.until_at", "截止早于开始"),
    ],
)  # fmt: skip
def test_a_zone_without_an_end_or_legal_basis_is_refused_in_words(field_records: Field, left_out: dict[str, Any], field: str, word: str):
    said = {
        "zone": ZONE, "name": "河街", "measure": "stay_home", "basis": "第四十二条", "authority": "镇指挥部", "lifts": ["no_new_case"],
        "from_at": "2022-03-18T08:00:00+08:00", "until_at": "2022-03-19T08:00:00+08:00", "areas": [GRID], **left_out,
    }  # fmt: skip

    (answer,) = field_records.push(field_records.event("zones.ordered", area=TOWN, data=said))

    assert (answer.status, answer.field) == ("rejected", field)
    assert word in answer.text.of("zh-hans")
