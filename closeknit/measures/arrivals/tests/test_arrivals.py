"""What has not come in: refused and waiting records, records still on devices, rows that nobody placed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.record import told
from closeknit.measures.arrivals.rules import holes, missing, near
from closeknit.measures.arrivals.watch import refused, rows, still_on_devices
from closeknit.measures.command.kinds import Look
from closeknit.policy.packs import policy
from tests.town import OTHER_COUNTY, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOON = datetime(2022, 3, 18, 12, tzinfo=UTC)


def look(account: Any, now: datetime, area: str = TOWN, as_of: datetime | None = None) -> Look:
    return Look(account, Area.objects.current().get(code=area), now, as_of, policy(area))


def cases(watched: Any) -> list[tuple[str, int]]:
    return [(str(case.name), case.number) for case in watched.cases]


@pytest.mark.parametrize(
    ("seqs", "elsewhere", "expected"), [((1, 5, 5), 0, 0), ((1, 5, 3), 0, 2), ((1, 5, 3), 1, 1), ((1, 5, 3), 2, 0), ((3, 3, 1), 0, 0)]
)
def test_holes_are_numbers_between_the_first_and_the_last_that_came_nowhere(seqs: tuple[int, int, int], elsewhere: int, expected: int):
    assert holes(seqs, elsewhere) == expected


@pytest.mark.parametrize(
    ("minutes", "state", "is_near", "is_missing"),
    [(61, "missing", False, False), (60, "missing", True, False), (1, "missing", True, False), (0, "missing", False, True),
     (-60, "missing", False, True), (30, "on_time", False, False), (-60, "late", False, False)],
)  # fmt: skip
def test_a_report_is_near_its_cut_off_and_then_missing(minutes: int, state: str, is_near: bool, is_missing: bool):
    cut_off = NOON + timedelta(minutes=minutes)

    assert (near(cut_off, state, NOON, timedelta(hours=1)), missing(cut_off, state, NOON)) == (is_near, is_missing)


def test_refused_records_stand_by_the_unit_of_who_sent_them(field_records: Field, cast: Cast):
    field_records.push(field_records.event("doorknock.visited", household="nobody", data={"outcome": "met"}))
    field_records.push(field_records.event("doorknock.visited", household="H1", data={"outcome": "shouted"}))
    field_records.push(field_records.event("no.such", area="0"), member="W2")

    assert cases(refused(look(cast.ben, field_records.now))) == [("西坪村", 2), ("东岭村", 1)]
    assert cases(refused(look(cast.dov, field_records.now, OTHER_COUNTY))) == []


def test_a_waiting_record_that_was_settled_is_gone_and_stands_as_at_then(field_records: Field, cast: Cast):
    waiting = field_records.event("doorknock.visited", household="H-new", data={"outcome": "met"})
    field_records.push(waiting)
    then = field_records.now

    assert cases(refused(look(cast.ben, then + timedelta(minutes=1)))) == [("西坪村", 1)]
    assert cases(refused(look(cast.ben, then, as_of=then - timedelta(minutes=1)))) == []


def test_a_hole_in_a_devices_numbers_is_a_record_that_has_not_come(field_records: Field, cast: Cast):
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    held_back = field_records.event("doorknock.visited", household="H2", data={"outcome": "met"})
    field_records.push(field_records.event("doorknock.visited", household="H1", data={"outcome": "shouted"}))
    field_records.record("doorknock.visited", household="H1", data={"outcome": "absent"})

    assert cases(still_on_devices(look(cast.ben, field_records.now))) == [("D1", 1)]
    assert cases(still_on_devices(look(cast.dov, field_records.now, OTHER_COUNTY))) == []
    field_records.push(held_back)
    assert cases(still_on_devices(look(cast.ben, field_records.now))) == []


def test_rows_in_doubt_stand_in_the_village_where_they_lie(field_records: Field, cast: Cast):
    assert cases(rows(look(cast.ben, field_records.now))) == [("存疑", 1)]
    assert cases(rows(look(cast.ana, field_records.now, WEST))) == []


def test_the_list_says_who_sent_what_and_why_it_does_not_count(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.push(field_records.event("doorknock.visited", household="nobody", data={"outcome": "met"}))
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    with clock.at(field_records.now):
        text = sign_in(cast.ben).get(f"/arrivals/{TOWN}/?as=csv").content.decode("utf-8-sig")

    assert text.splitlines()[1].split(",")[:5] == [
        "入户走访",
        "待补",
        "引用的户、人或场所尚未收到，到后自动重判。",
        "户",
        "村干部甲",
    ]


def test_the_part_that_was_doubted_is_named_in_the_words_of_its_form(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.push(field_records.event("doorknock.visited", household="H1", data={"outcome": "shouted"}))
    field_records.push(field_records.event("doorknock.whistled", household="H1", data={}))
    with clock.at(field_records.now):
        text = sign_in(cast.ben).get(f"/arrivals/{TOWN}/?as=csv").content.decode("utf-8-sig")

    assert {(line.split(",")[0], line.split(",")[3]) for line in text.splitlines()[1:]} == {
        ("入户走访", "走访结果"),
        ("未知事项（doorknock.whistled）", "登记事项"),
    }


@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", TOWN, 404), ("dov", TOWN, 404), ("chen", TOWN, 403)])
def test_who_sees_it(field_records: Field, cast: Cast, sign_in: SignIn, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/arrivals/{area}/").status_code == status


def test_where_all_came_in_the_page_says_so(town: None, cast: Cast, sign_in: SignIn):
    assert "全部记录均已计入" in sign_in(cast.ben).get(f"/arrivals/{TOWN}/").content.decode()


def test_a_refused_record_is_taken_off_the_list_with_what_was_done_and_kept(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.push(field_records.event("tasks.set", data={"task": "R-1", "matter": "巡查", "owner": "W1", "due_at": "2022-03-19"}))
    row, form = Refusal.objects.get(), str(uuid4())
    address = f"/arrivals/{WEST}/clear/{row.id}/"
    with clock.at(field_records.now):
        strangers = [sign_in(who).get(address).status_code for who in (cast.dov, cast.chen)]
        client = sign_in(cast.ana)
        page, bare = client.get(address).content.decode(), client.post(address, {"event": form, "reason": " "})
        said = [client.post(address, {"event": form, "reason": "已在后台补登"}).status_code for _ in range(2)]
        left = client.get(f"/arrivals/{WEST}/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
        gone = client.get(address).status_code

    assert (strangers, bare.status_code, said, left, gone) == ([404, 403], 422, [302, 302], [], 404)
    assert "村干部甲 · 地点：缺少必填项。任务要细化到点" in page
    row.refresh_from_db()
    assert (row.status, told(row)["data"]["matter"], Event.objects.get(kind="arrivals.cleared").topic) == ("rejected", "巡查", str(row.id))
