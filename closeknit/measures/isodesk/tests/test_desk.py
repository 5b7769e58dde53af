"""The isolation desk: who is shown under what, rooms, readings of many, the board."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.isodesk.tests.places import NOW, sites
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

__all__ = ["sites"]
SignIn = Callable[[Any], Any]


def order(field: Field, person: str, until: str = "2022-03-25", **data: Any) -> Event:
    """Somebody is told to isolate, on a record that is there."""
    ground = field.record("returnees.declared", person=person, data={"name": "某", "origin": "430100", "arrived_at": "2022-03-17"})
    said = {"measure": "home", "rule": "secondary", "evidence": [str(ground.id)], "until": until, "told": "paper", **data}
    return field.record("isolation.ordered", person=person, data=said)


def listed(client: Any, state: str, area: str = TOWN) -> list[str]:
    """The codes whom the desk lists under a state, in order."""
    page = client.get(f"/isolation/{area}/?state={state}&col=code").content.decode()
    return re.findall(r"<td[^>]*>\s*(P\d)\s*</td>", page) or re.findall(r">\s*(P\d)\s*<", page)


def test_iso_02_lst_05_the_desk_says_who_is_where_and_what_is_open(sites: Field, cast: Cast, sign_in: SignIn):
    order(sites, "P1")
    order(sites, "P3", until="2022-03-18")
    order(sites, "P4", until="2022-03-18T15:00:00+08:00", rule="by_order", order_no="1号")
    sites.record("isolation.transferred", person="P5", area=EAST, data={"stage": "requested", "to": "ISO1"})
    sites.record("isolation.objected", person="P3", data={"words": "不在场"})
    sites.record("isolation.needs_told", person="P1", data={"needs": ["medicine"]})
    sites.later(hours=6).record("isolation.checked", person="P3", data={"temperature": 38.2})
    client = sign_in(cast.ben)

    states = {
        state: listed(client, state)
        for state in ("under", "over", "due_today", "moving", "late_moving", "unread", "fever", "objections", "needs", "left")
    }

    assert states == {
        "under": ["P3", "P1"], "over": ["P4"], "due_today": ["P4", "P3"], "moving": ["P5"], "late_moving": ["P5"], "unread": ["P3", "P1"],
        "fever": ["P3"], "objections": ["P3"], "needs": ["P1"], "left": [],
    }  # fmt: skip
    assert listed(client, "under", EAST) == []


def test_what_looks_wrong_is_flagged_until_it_is_put_right(sites: Field, cast: Cast, sign_in: SignIn):
    order(sites, "P1", until="2022-04-30", other_end="x")  # longer than the pack allows
    order(sites, "P3", evidence=["nothing"])
    sites.record("isolation.transferred", person="P4", data={"stage": "arrived", "to": "S9"})  # a shop
    order(sites, "P5")
    sites.record("isolation.room_given", person="P5", place="ISO1", area=EAST, data={"room": "777"})
    client = sign_in(cast.ben)
    before = listed(client, "flagged")

    order(sites.later(minutes=5), "P1")
    sites.record("isolation.room_given", person="P5", place="ISO1", area=EAST, data={"room": "101"})

    assert (sorted(before), sorted(listed(client, "flagged"))) == (["P1", "P3", "P4", "P5"], ["P3", "P4"])


def test_an_order_without_an_end_is_refused_with_its_field_and_kept(field_records: Field):
    said = {"measure": "home", "rule": "secondary", "evidence": [str(uuid4())], "told": "paper"}

    (answer,) = field_records.push(field_records.event("isolation.ordered", person="P1", data=said))

    assert (answer.status, answer.field, answer.reason) == ("rejected", "data.until", "missing")
    assert answer.text.of("zh-hans") == "此项必填。隔离必须写明截止日期，请填写最后一天。"


def test_iso_02_the_rooms_are_free_occupied_or_closed(sites: Field, cast: Cast, sign_in: SignIn):
    order(sites, "P5")
    sites.record("isolation.room_given", person="P5", place="ISO1", area=EAST, data={"room": "102"})

    text = sign_in(cast.ben).get(f"/isolation/{TOWN}/rooms/?as=csv").content.decode("utf-8-sig")

    assert text.splitlines()[1:] == ["101,空闲,东岭隔离点,1,1,,", "102,有空床,东岭隔离点,2,1,喆𬱖,", "103,停用,东岭隔离点,1,0,,漏水"]


def test_readings_of_many_are_saved_row_by_row_and_a_wrong_one_stays(sites: Field, cast: Cast, sign_in: SignIn):
    order(sites, "P1")
    order(sites, "P3")
    client = sign_in(cast.ana)
    page = client.get(f"/isolation/{WEST}/readings/?period=morning").content.decode()
    ids = dict(re.findall(r'name="event-(P\d)" value="([^"]+)"', page))
    said = {f"event-{code}": number for code, number in ids.items()} | {
        "period": "morning",
        "t-P1": "36,6",
        "t-P3": "37.6",
        "s-P3": "咳嗽、乏力",
    }

    answer = client.post(f"/isolation/{WEST}/readings/?period=morning", said)
    client.post(f"/isolation/{WEST}/readings/?period=morning", said | {"t-P1": "36.6"})

    assert answer.status_code == 422
    assert "体温应为 30 至 45 之间的数字，如 36.6。" in html.unescape(answer.content.decode())
    assert [(each.person, each.data) for each in Event.objects.filter(kind="isolation.checked").order_by("person")] == [
        ("P1", {"period": "morning", "temperature": 36.6}),
        ("P3", {"period": "morning", "temperature": 37.6, "symptoms": ["咳嗽", "乏力"]}),
    ]  # fmt: skip


def test_the_board_tells_of_who_is_free_and_was_not_told(sites: Field, cast: Cast, sign_in: SignIn):
    order(sites, "P1", until="2022-03-19")
    client = sign_in(cast.ben)

    with clock.at(START + timedelta(days=3)):
        board = client.get(f"/board/{TOWN}/?at=now").content.decode()

    assert "已到期、尚未告知解除：1 人" in html.unescape(board)


def test_where_nobody_isolates_the_desk_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    assert "请先对人员下达隔离通知" in client.get(f"/isolation/{TOWN}/").content.decode()
    assert "隔离场所随场所名册导入" in client.get(f"/isolation/{TOWN}/rooms/").content.decode()


@pytest.mark.parametrize("people", [1, 4])
def test_the_desk_asks_no_more_for_more_people(sites: Field, cast: Cast, sign_in: SignIn, people: int, django_assert_max_num_queries: Any):
    for code in ("P1", "P2", "P3", "P4")[:people]:
        order(sites, code)
        sites.record("isolation.room_given", person=code, place="ISO1", data={"room": "102"})
    client = sign_in(cast.ben)
    client.get(f"/isolation/{TOWN}/")

    with django_assert_max_num_queries(32):
        client.get(f"/isolation/{TOWN}/")


def test_a_sites_staff_sees_who_is_on_the_way_and_nobody_else(sites: Field, sign_in: SignIn):
    order(sites, "P1")
    order(sites, "P3")
    sites.record("isolation.transferred", person="P1", data={"stage": "requested", "to": "ISO1"})
    client = sign_in(account("site", "isolation_staff", EAST))

    assert listed(client, "open", EAST) == ["P1"]
    assert NOW


def test_the_desk_stands_in_the_bar_of_a_phone(sites: Field, sign_in: SignIn):
    page = sign_in(account("guard", "isolation_staff", TOWN)).get("/").content.decode()

    assert f'href="/isolation/{TOWN}/"' in page.split('class="phone-bar')[1].split("</nav>")[0]
