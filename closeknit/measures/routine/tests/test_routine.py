"""Key populations: who belongs, who is due, who is overdue; and the two ways of reckoning it agree."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.projections import DrawnOnes, Groups, Members
from closeknit.campaigns.cadences.standing import today
from closeknit.campaigns.models import Group, LastSample, Owing
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import Look
from closeknit.measures.routine.projections import LastSamples
from closeknit.measures.routine.watch import overdue
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figures
from tests.town import EAST, OTHER_COUNTY, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[..., Any]
NAMES = ("members", "due", "overdue", "person_times")


def the_figures(area: str, until: datetime, as_of: datetime | None = None, since: datetime = START) -> tuple[Any, ...]:
    reckoned = figures(Question(area, since, until, as_of), "routine.")
    return tuple(reckoned[f"routine.{name}"] for name in NAMES)


def now_standing(area: str, at: datetime) -> tuple[int, int, int]:
    """The same three states from the projections."""
    seen = today(area, policy(area), at)
    rows = seen.rows().order_by()
    states = [rows.filter(seen.in_state(state)).values("person").distinct().count() for state in ("due", "overdue")]
    return (rows.filter(draw=None).values("person").distinct().count(), *states)


@pytest.fixture
def stalls(field_records: Field) -> Field:
    """Market people, every three days: P1 sampled on the first day, P3 never, P5 of the east."""
    field_records.record("routine.group_set", place="S1", data={"group": "KP-1", "label": "集市摊主", "category": "services"})
    for person in ("P1", "P3", "P5"):
        field_records.record("routine.member_added", person=person, data={"group": "KP-1"})
    field_records.later(minutes=5).record("testing.sampled", person="P1", data={"tube": "T1", "pool": 1})
    return field_records


DAYS = [
    (0, (3, 2, 0)),  # joined today: due today, not overdue yet
    (1, (3, 2, 2)),
    (3, (3, 3, 2)),  # P1's third day
    (4, (3, 3, 3)),
]


@pytest.mark.parametrize(("days", "expected"), DAYS)
def test_rtn_01_who_is_due_and_overdue_follows_from_the_last_sample_and_the_cadence(stalls: Field, days: int, expected: tuple[int, ...]):
    at = START + timedelta(days=days, hours=4)

    assert the_figures(TOWN, at)[:3] == expected
    assert now_standing(TOWN, at) == expected


def test_rtn_01_person_times_count_the_samples_of_those_who_belonged_when_they_were_taken(stalls: Field):
    stalls.later(days=1).record("testing.sampled", person="P3", data={"tube": "T2", "pool": 10})
    stalls.record("testing.sampled", person="P4", data={"tube": "T2", "pool": 10})  # belongs to no group
    stalls.later(days=1).record("routine.member_left", person="P3", data={"group": "KP-1", "why": "调离"})
    stalls.later(hours=1).record("testing.sampled", person="P3", data={"tube": "T3", "pool": 10})
    stalls.later(hours=1).record("testing.sampled", person="P5", area=EAST, data={"tube": "T4", "pool": 10})

    assert the_figures(TOWN, stalls.now + timedelta(hours=1))[3] == 3
    assert the_figures(WEST, stalls.now + timedelta(hours=1))[3] == 3
    assert the_figures(EAST, stalls.now + timedelta(hours=1)) == (0, 0, 0, 0)


def test_a_report_of_yesterday_knows_nothing_of_what_came_later(stalls: Field):
    at, known = START + timedelta(days=1, hours=9), START + timedelta(days=1, hours=9)
    stalls.now = START + timedelta(days=1, hours=10)
    stalls.record("testing.sampled", person="P3", at=(START + timedelta(hours=8)).isoformat(), data={"tube": "T9", "pool": 1})

    assert the_figures(TOWN, at, known)[:3] == (3, 2, 2)
    assert the_figures(TOWN, at)[:3] == (3, 1, 1)


def test_a_sample_taken_back_makes_the_person_due_again(stalls: Field):
    stalls.later(days=3).record("testing.sampled", person="P1", data={"tube": "T7", "pool": 1})
    sample = Event.objects.get(topic="T7")
    assert now_standing(TOWN, START + timedelta(days=4, hours=4))[2] == 2

    stalls.record("ledger.voided", corrects=str(sample.id), data={"reason": "扫错码"})

    assert now_standing(TOWN, START + timedelta(days=4, hours=4))[2] == 3


def test_the_latest_word_on_a_group_holds_and_both_are_kept(stalls: Field):
    stalls.later(hours=1).record(
        "routine.group_set",
        data={"group": "KP-1", "label": "集市从业人员", "category": "services", "cadence_days": 1, "until_day": "2022-03-20"},
    )

    assert [(row.label, row.cadence_days) for row in Group.objects.all()] == [("集市从业人员", 1)]
    assert Event.objects.filter(kind="routine.group_set", superseded_at=None).count() == 2
    assert now_standing(TOWN, START + timedelta(days=2, hours=4)) == (3, 3, 3)
    assert now_standing(TOWN, START + timedelta(days=5)) == (0, 0, 0)
    assert the_figures(TOWN, START + timedelta(days=5))[:3] == (0, 0, 0)


def test_somebody_found_who_proves_to_be_in_the_roster_is_one_member(stalls: Field):
    found = stalls.record("registry.found", data={"what": "person", "name": "路人"})
    code = f"found:{found.id}"
    stalls.record("routine.member_added", person=code, data={"group": "KP-1"})
    stalls.record("testing.sampled", person=code, data={"tube": "T5", "pool": 1})
    assert now_standing(TOWN, START + timedelta(hours=6))[0] == 4

    stalls.record("registry.merged", person=code, data={"canonical": "P3", "reference": "person"})

    assert now_standing(TOWN, START + timedelta(days=1, hours=6)) == (3, 1, 1)
    assert the_figures(TOWN, START + timedelta(days=1, hours=6))[:3] == (3, 1, 1)


def test_the_last_sample_follows_a_new_one_without_reading_those_before(stalls: Field):
    now = stalls.later(hours=5).now
    for number, ago in enumerate((30, 10, 20, 10)):  # by when they were taken; of two at one moment the one learned later
        at, data = (now - timedelta(minutes=ago)).isoformat(), {"tube": f"L{number}", "pool": 1}
        with CaptureQueriesContext(connection) as asked:
            last = stalls.record("testing.sampled", person="P4", at=at, data=data)
        wanted = [each["sql"].partition("WHERE")[2] for each in asked if "ledger_event" in each["sql"]]
        assert not any('"person"' in each for each in wanted)
        stalls.later(seconds=1)

    assert LastSample.objects.get(person="P4").event == last.id
    assert LastSample.objects.get(person="P4").at == now - timedelta(minutes=10)


def test_a_sample_that_was_withdrawn_before_it_came_is_not_the_last(stalls: Field):
    sample = stalls.event("testing.sampled", person="P4", data={"tube": "T8", "pool": 1})
    stalls.record("ledger.voided", corrects=sample["id"], data={"reason": "扫错码"})

    stalls.later(minutes=5).push(sample)

    assert not LastSample.objects.filter(person="P4").exists()


def test_the_projections_rebuilt_are_the_same_as_they_stand(stalls: Field):
    stalls.record("routine.member_left", person="P5", data={"group": "KP-1"})
    proof = {"day": "2022-03-18", "salt": "x", "seed": "y", "of": "z", "among": 2, "until_day": "2022-03-19"}
    stalls.record("routine.drawn", data={"group": "KP-1", "share": 0.5, "drawn": ["P3"], **proof})

    def standing() -> list[Any]:
        tables = (Group.objects.order_by("topic"), Owing.objects.order_by("person", "draw"), LastSample.objects.order_by("person"))
        return [[{key: value for key, value in row.items() if key != "id"} for row in rows.values()] for rows in tables]

    before = standing()
    for each in (Groups, Members, DrawnOnes, LastSamples):
        each.rebuild()

    assert standing() == before and [len(rows) for rows in before] == [1, 3, 1]


def test_the_board_names_the_groups_with_overdue_people_now_and_as_it_was(stalls: Field, cast: Cast):
    at = START + timedelta(days=1, hours=4)
    area = Area.objects.current().get(code=TOWN)
    found = [overdue(Look(cast.ben, area, at, as_of, policy(TOWN))) for as_of in (None, at)]

    assert [[(str(case.name), case.number) for case in each.cases] for each in found] == [[("集市摊主", 2)]] * 2


def test_rtn_01_the_list_shows_who_is_overdue_with_whom_to_call_and_is_read_on_the_trail(stalls: Field, cast: Cast, sign_in: SignIn):
    with clock.at(START + timedelta(days=1, hours=4)):
        page = sign_in(cast.ben).get(f"/routine/{TOWN}/persons/").content.decode()

    assert ("单田芳" in page, "喆𬱖" in page, "卢兰利" in page) == (True, True, False)
    assert 'href="tel:19900000003"' in page and "mode=home" in page
    assert [(row.account, row.codes) for row in Reading.objects.all()] == [("ben", ["P3", "P5"])]


def test_a_village_sees_its_own_people_of_a_town_wide_group_and_nobody_else(stalls: Field, cast: Cast, sign_in: SignIn):
    stalls.record("routine.group_set", area=TOWN, data={"group": "KP-1", "label": "集市摊主", "category": "services"})
    with clock.at(START + timedelta(days=1, hours=4)):
        page = sign_in(cast.ana).get(f"/routine/{WEST}/persons/").content.decode()

    assert ("单田芳" in page, "喆𬱖" in page) == (True, False)


def test_the_list_narrows_searches_and_goes_out_as_a_file(stalls: Field, cast: Cast, sign_in: SignIn):
    def listed(query: str) -> set[str]:
        client = sign_in(cast.ben)
        with clock.at(START + timedelta(days=1, hours=4)):
            rows = client.get(f"/routine/{TOWN}/persons/?{query}&as=csv").content.decode("utf-8-sig").splitlines()[1:]
        return {row.split(",")[1] for row in rows}

    assert listed("state=overdue") == {"P3", "P5"}
    assert listed("state=") == {"P1", "P3", "P5"}
    assert listed("state=later") == {"P1"}
    assert listed(f"village={EAST}") == {"P5"}
    assert listed("q=stf") == {"P3"}
    assert listed("place=S1&group=KP-1") == {"P3", "P5"}


def test_the_groups_of_an_area_and_the_page_of_one(stalls: Field, cast: Cast, sign_in: SignIn):
    with clock.at(START + timedelta(days=1, hours=4)):
        every = sign_in(cast.ben).get(f"/routine/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()
        one = sign_in(cast.ben).get("/key-population/KP-1/").content.decode()

    assert every[1].split(",")[:4] == ["集市摊主", "2", "2", "3"]
    assert "每 3 天一检" in one and "重点人群组设定" in one and "1/3" in one


def test_an_empty_town_is_told_what_to_do_first(cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get(f"/routine/{TOWN}/").content.decode()

    assert "本辖区尚未建立重点人群组" in page and f"/routine/{TOWN}/new/" in page


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("ben", 200), ("chen", 200), ("dov", 404)])
def test_who_may_see_a_group_of_the_town(stalls: Field, cast: Cast, sign_in: SignIn, who: str, status: int):
    stalls.record("routine.group_set", area=TOWN, data={"group": "KP-1", "label": "集市摊主", "category": "services"})

    assert sign_in(getattr(cast, who)).get("/key-population/KP-1/").status_code == status


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        ("routine.group_set", {"group": "a/b", "label": "x", "category": "services"}, "data.group"),
        ("routine.group_set", {"group": "A", "label": " ", "category": "services"}, "data.label"),
        ("routine.group_set", {"group": "A", "label": "x", "category": "services", "from_day": "2022-03-18", "until_day": "2022-03-17"},
         "data.until_day"),
        ("routine.group_set", {"group": "A", "label": "x", "category": "services", "cadence_days": 0}, "data.cadence_days"),
        ("routine.drawn", {"group": "A", "seed": "y", "salt": "x", "day": "2022-03-18", "until_day": "2022-03-18", "of": "z", "among": 1,
                           "drawn": ["P1"]}, "data.share"),
        ("routine.drawn", {"group": "A", "seed": "y", "salt": "x", "day": "2022-03-18", "until_day": "2022-03-18", "of": "z", "among": 1,
                           "share": 1, "drawn": ["P1", "P1"]}, "data.drawn"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field(field_records: Field, kind: str, data: dict[str, Any], field: str):
    answer = field_records.push(field_records.event(kind, data=data))[0]

    assert (answer.status, answer.field) == ("rejected", field)


def test_the_number_of_queries_does_not_grow_with_the_people(stalls: Field, cast: Cast, sign_in: SignIn, django_assert_max_num_queries):
    client = sign_in(account("eve", "town_clerk", TOWN))
    for person in ("P2", "P4", "P6"):
        stalls.record("routine.member_added", person=person, data={"group": "KP-1"})
    with clock.at(START + timedelta(days=1, hours=4)), django_assert_max_num_queries(34):
        client.get(f"/routine/{TOWN}/persons/?state=")


def test_dov_sees_nothing(stalls: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.dov).get(f"/routine/{OTHER_COUNTY}/persons/").content.decode()

    assert ("集市摊主" in page, "单田芳" in page) == (False, False)
