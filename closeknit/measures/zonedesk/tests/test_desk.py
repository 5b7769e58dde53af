"""The desk of zones: the list, the page, what is said of a zone, the board; and who sees which zone."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.zones.tests.places import ZONE, order
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
NOON = START + timedelta(hours=6)


def listed(client: Any, area: str, state: str) -> list[str]:
    """What the list says of each zone under a state: name, households, people, conditions."""
    text = client.get(f"/zones/{area}/?state={state}&as=csv").content.decode("utf-8-sig")
    return [line.split(",")[0] for line in text.splitlines()[1:]]


def test_iso_01_the_desk_says_which_zones_hold_end_or_may_be_lifted(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, hours=20, areas=[WEST], households=[])
    order(field_records, zone="Z2", hours=90, name="东岭", areas=[EAST], households=[])
    for condition in ("no_new_case", "contacts_moved"):
        field_records.record("zones.condition_noted", data={"zone": "Z2", "condition": condition, "met": True, "ground": "已核实"})
    field_records.record("zones.announced", data={"zone": "Z2", "way": "posted"})

    with clock.at(NOON):
        client = sign_in(cast.ben)
        states = {state: listed(client, TOWN, state) for state in ("in_force", "untold", "ending", "liftable", "over", "over_untold")}
        own = listed(sign_in(cast.ana), WEST, "all")
    with clock.at(START + timedelta(hours=20)):
        board = html.unescape(sign_in(cast.ben).get(f"/board/{TOWN}/?at=now").content.decode())

    assert states == {
        "in_force": ["河街片区", "东岭"], "untold": ["河街片区"], "ending": ["河街片区"],
        "liftable": ["东岭"], "over": [], "over_untold": [],
    }  # fmt: skip
    assert own == ["河街片区"]
    assert ("管控区已到期、尚未告知居民：1 个" in board, "达到解除条件的管控区：1 个" in board) == (True, True)


def test_the_page_says_the_law_the_end_the_exceptions_and_that_doors_are_open(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, delivers="每日两次")
    field_records.record("supplies.ordered", household="H1", data={"pack": "vegetable", "quantity": 2})
    field_records.record("supplies.ordered", household="H2", data={"pack": "vegetable", "quantity": 5})

    with clock.at(NOON):
        text = html.unescape(sign_in(cast.ana).get(f"/zone/{ZONE}/").content.decode())
        missing = sign_in(cast.dov).get(f"/zone/{ZONE}/").status_code

    for word in ("《传染病防治法》第四十二条", "2022-03-20 08:00，到期自行解除", "门不上锁", "急难就医", "连续 7 天无新增病例", "每日两次"):
        assert word in text, word
    assert ('<span class="tile-number">2</span>' in text, missing) == (True, 404)


def test_who_objects_lives_there_and_somebody_else_decides(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records)
    with clock.at(NOON):
        ana = sign_in(cast.ana)
        outside = ana.post(f"/zone/{ZONE}/say/objected/", {"household": "H2", "words": "不在该楼", "way": "phone"})
        inside = ana.post(f"/zone/{ZONE}/say/objected/", {"household": "H1", "words": "不在该楼", "way": "phone"})
        objection = Event.objects.get(kind="zones.objected")
        url = f"/zone/{ZONE}/say/objection_decided/?objection={objection.id}"
        own = sign_in(cast.ben).post(url, {"outcome": "excepted", "reason": "属实"})
        other = sign_in(account("carl", "county_supervisor", "990101")).post(url, {"outcome": "excepted", "reason": "属实"})

    assert [each.status_code for each in (outside, inside, own, other)] == [422, 302, 422, 302]
    assert ("未受管控" in outside.content.decode(), "须由其他人员处理" in own.content.decode()) == (True, True)
    assert (objection.household, objection.area) == ("H1", WEST)


def test_a_zone_is_lifted_once_and_only_by_who_may(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records)
    with clock.at(NOON):
        ana = sign_in(cast.ana).post(f"/zone/{ZONE}/say/lifted/", {"reason": "x"})
        ben = sign_in(cast.ben)
        first = ben.post(f"/zone/{ZONE}/say/lifted/", {"reason": "全部阴性"})
        again = ben.post(f"/zone/{ZONE}/say/lifted/", {"reason": "全部阴性"})

    assert [each.status_code for each in (ana, first, again)] == [403, 302, 422]


def test_who_lives_in_it_is_listed_with_a_trail(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records)
    with clock.at(NOON):
        text = sign_in(cast.ana).get(f"/zone/{ZONE}/people/").content.decode()

    assert (text.count("/zone/Z0001/household/"), "单田芳" in text) == (2, False)
    assert Reading.objects.get(screen="zones.people").codes == ["H1", "H3"]


@pytest.mark.parametrize("number", [1, 5])
def test_the_list_asks_no_more_for_more_zones(
    field_records: Field, cast: Cast, sign_in: SignIn, number: int, django_assert_max_num_queries: Any
):
    for each in range(number):
        order(field_records, zone=f"Z{each}", areas=[GRID, EAST])
    with clock.at(NOON):
        client = sign_in(cast.ben)
        client.get(f"/zones/{TOWN}/")
        with django_assert_max_num_queries(32):
            client.get(f"/zones/{TOWN}/")


def test_where_there_is_no_zone_the_desk_says_how_one_begins(town: None, cast: Cast, sign_in: SignIn):
    assert "管控区从一份决定开始" in sign_in(cast.ben).get(f"/zones/{TOWN}/").content.decode()


def test_where_there_is_no_zone_who_may_order_one_is_led_to_the_form(town: None, cast: Cast, sign_in: SignIn):
    pages = [sign_in(who).get(f"/zones/{WEST}/").content.decode().split('class="empty-state"')[1] for who in (cast.ben, cast.ana)]

    assert [f'href="/zones/{WEST}/new/"' in page for page in pages] == [True, False]


def test_what_the_records_say_stands_beside_each_condition_for_who_decides_and_decides_nothing(
    field_records: Field, cast: Cast, sign_in: SignIn
):
    order(field_records, areas=[WEST], households=[], lifts=["no_new_case", "negative_round", "contacts_moved"])
    for person, tube in (("P1", "T1"), ("P3", "T2"), ("P5", "T3")):
        field_records.record("testing.sampled", person=person, data={"tube": tube, "pool": 1, "round": "r1"})
    for tube, result in (("T1", "positive"), ("T3", "positive")):
        field_records.record("testing.resulted", data={"tube": tube, "result": result, "lab": "L1", "tested_at": START.isoformat()})
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})

    with clock.at(NOON + timedelta(days=1)):
        pages = [html.unescape(sign_in(who).get(f"/zone/{ZONE}/").content.decode()) for who in (cast.ben, cast.ana)]

    wanted = (
        "最近一次阳性结果为 2022-03-18，距今 1 天",
        "已采样 2/4 人，2 管中 1 管未出结果、1 管阳性",
        "区内待转运 1 人",
        "已入户见面 1/3 户",
    )
    assert [[words in page for words in wanted] for page in pages] == [[True] * 4, [False] * 4]
    assert pages[0].count("未达到") == 3
