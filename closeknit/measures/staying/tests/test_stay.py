"""One person's stay on the screen: ordered by a rule, brought, housed, heard, released."""

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
from tests.town import EAST, START, WEST, Cast, Field, account

__all__ = ["sites"]

SignIn = Callable[[Any], Any]


def ground(field: Field, person: str = "P1") -> str:
    """A record on which an order may rest."""
    return str(field.record("returnees.declared", person=person, data={"name": "卢", "origin": "430100", "arrived_at": "2022-03-17"}).id)


def ordered(field: Field, person: str = "P1", **data: Any) -> Event:
    """Somebody is told to isolate for the rule's seven days."""
    said = {"measure": "central", "rule": "close", "evidence": [ground(field, person)], "until": "2022-03-25", "told": "paper", **data}
    return field.record("isolation.ordered", person=person, data=said)


def posted(client: Any, url: str, **answers: Any) -> Any:
    """The form, answered."""
    return client.post(url, {"event": str(uuid4()), **answers})


def errors(answer: Any) -> list[str]:
    """What a form says must change."""
    page = answer.content.decode().split('role="alert"')
    return [html.unescape(re.sub("<[^>]+>", "", each)) for each in re.findall(r"<li>(.*?)</li>", page[1] if len(page) > 1 else "")]


def test_iso_02_an_order_has_a_rule_records_and_the_rules_end(sites: Field, cast: Cast, sign_in: SignIn):
    client, event = sign_in(cast.ana), ground(sites)
    form = client.get("/isolation-order/isolating/P1/").content.decode()

    answer = posted(client, "/isolation-order/isolating/P1/", rule="close", evidence=[event], told="paper")

    assert event in form
    assert (answer.status_code, answer["Location"]) == (302, "/isolation-notice/isolating/P1/")
    (made,) = Event.objects.filter(kind="isolation.ordered")
    assert (made.person, made.area, made.member, made.data) == (
        "P1", WEST, "W1", {"rule": "close", "measure": "central", "evidence": [event], "until": "2022-03-25", "told": "paper"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"rule": "close", "until": "2022-03-30"}, "与规则截止日 2022-03-25 不一致，请写明原因。"),
        ({"rule": "close", "until": "2022-03-17", "other_end": "x"}, "截止早于开始，请填写更晚的日期。"),
        ({"rule": "close", "evidence": []}, "请选择“依据记录”。"),
        ({"rule": "by_order", "measure": "home", "order_no": "1号"}, "隔离必须有截止日期，请填写最后一天。"),
        ({"rule": "by_order", "measure": "home", "until": "2022-03-22"}, "书面决定须填文书编号。"),
        ({"rule": "by_order", "until": "2022-03-22", "order_no": "1号"}, "该规则未定措施，请选择。"),
    ],
)
def test_iso_02_no_order_without_end_rule_or_records(sites: Field, cast: Cast, sign_in: SignIn, answers: dict[str, Any], error: str):
    said = {"evidence": [ground(sites)], "told": "paper", **answers}

    answer = posted(sign_in(cast.ana), "/isolation-order/isolating/P1/", **said)

    assert (answer.status_code, errors(answer)) == (422, [error])
    assert not Event.objects.filter(kind="isolation.ordered").exists()


def test_where_nothing_is_recorded_an_order_cannot_be_made(sites: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)

    page = client.get("/isolation-order/isolating/P3/").content.decode()

    assert "此人暂无可作依据的记录" in page and 'name="rule"' not in page


def test_the_notice_says_until_when_why_whom_to_call_what_comes_and_how_to_object(sites: Field, cast: Cast, sign_in: SignIn):
    ordered(sites, order_no="沅防指〔2022〕3号")

    page = sign_in(cast.ana).get("/isolation-notice/isolating/P1/").content.decode()

    lines = [
        html.unescape(each) for each in re.findall(r"<li>(.*?)</li>", page.split("card-box narrow")[1].split("<ol>")[1].split("</ol>")[0])
    ]
    assert lines == [
        "截止：2022-03-25 24:00。到期自行结束，未有新通知不得延长。",
        "依据：密切接触者集中隔离，集中隔离。文书编号 沅防指〔2022〕3号，2022-03-18 09:00 作出。",
        "联系：西坪村。",
        "保障：每日送餐、送药上门，有需要请及时告知。",
        "如有异议可随时提出：当面告知送达人或电话说明。24 小时内由其他人员答复。",
    ]
    assert "卢兰利" not in page.split("<textarea")[1].split("</textarea>")[0]


def test_iso_03_lst_06_a_transfer_goes_by_presses_with_hand_over_at_both_ends(sites: Field, cast: Cast, sign_in: SignIn):
    ordered(sites)
    staff = account("site", "isolation_staff", EAST)
    client = sign_in(cast.ana)
    said = {"stage": "requested", "from": "西坪村", "to": "ISO1", "vehicle": "湘U·1", "driver": "老周", "escort": "护士", "needs": ["diet"]}
    posted(client, "/isolation-say/transferred/isolating/P1/", **said)

    with clock.at(NOW + timedelta(minutes=40)):
        posted(client, "/isolation-step/isolating/P1/", stage="left")
    with clock.at(NOW + timedelta(minutes=90)):
        client = sign_in(staff)
        page = client.get("/isolating/P1/").content.decode()
        posted(client, "/isolation-step/isolating/P1/", stage="arrived")
        posted(client, "/isolation-step/isolating/P1/", stage="arrived")  # pressed twice

    made = list(Event.objects.filter(kind="isolation.transferred").order_by("at"))
    assert [(each.data["stage"], each.area, (each.at - NOW).total_seconds() // 60) for each in made] == [
        ("requested", WEST, 0), ("left", WEST, 40), ("arrived", EAST, 90),
    ]  # fmt: skip
    assert [{**each.told()} for each in made[1:]] == [
        {"stage": "left", "handed_over_by": "村干部甲", **{name: said[name] for name in said if name != "stage"}},
        {"stage": "arrived", "received_by": "Site", **{name: said[name] for name in said if name != "stage"}},
    ]
    assert "饮食" in page and "现已到达" in page


def test_who_arrives_unannounced_is_taken_in_and_a_stranger_is_asked_about(sites: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(account("site", "isolation_staff", EAST))

    unknown = posted(client, f"/isolation/{EAST}/arrive/", who="P-nobody", to="ISO1")
    answer = posted(client, f"/isolation/{EAST}/arrive/", who="P3", to="ISO1")

    assert (unknown.status_code, errors(unknown)) == (422, ["没有此编号，请核对告知单或询问所在村。"])
    assert (answer.status_code, answer["Location"]) == (302, "/isolating/P3/")
    assert "在隔离场所但无有效通知。" in client.get(f"/isolation/{EAST}/").content.decode()


@pytest.mark.parametrize(
    ("person", "room", "error"),
    [
        ("P4", "101", "101 房间已住满。可选：102。"),
        ("P4", "103", "103 房间已停用：漏水。可选：102。"),
        ("P4", "999", "该场所无 999 房间。请先设置，或选择：102。"),
        ("P4", "102", None),
        ("P2", "101", None),  # of the same household as who lives there
    ],
)
def test_iso_02_a_room_holds_no_more_than_its_beds_or_one_household(
    sites: Field, cast: Cast, sign_in: SignIn, person: str, room: str, error: str | None
):
    sites.record("isolation.room_given", person="P1", place="ISO1", data={"room": "101"})

    answer = posted(sign_in(cast.ben), f"/isolation-say/room_given/isolating/{person}/", site="ISO1", room=room)

    assert (answer.status_code, errors(answer)) == ((422, [error]) if error else (302, []))
    assert Event.objects.filter(kind="isolation.room_given", person=person).exists() is (error is None)


def test_somebody_else_than_who_ordered_decides_and_a_lifted_order_releases(sites: Field, cast: Cast, sign_in: SignIn):
    ordered(sites)
    objection = sites.later(hours=1).record("isolation.objected", person="P1", data={"words": "当日不在场", "way": "phone"})
    url = f"/isolation-say/objection_decided/isolating/P1/?objection={objection.id}"

    own = posted(sign_in(cast.ana), url, outcome="upheld", reason="属实")
    other = posted(sign_in(cast.ben), url, outcome="lifted", reason="经核实不在场")
    again = posted(sign_in(cast.ben), url, outcome="upheld", reason="x")

    assert (own.status_code, errors(own)) == (422, ["该通知由您下达，异议须由其他人员处理。"])
    assert (other.status_code, again.status_code) == (302, 422)
    assert [(each.kind, each.person) for each in Event.objects.filter(member="W3")] == [
        ("isolation.objection_decided", "P1"), ("isolation.released", "P1"),
    ]  # fmt: skip


def test_nobody_stays_longer_than_the_order_and_who_is_free_is_told(sites: Field, cast: Cast, sign_in: SignIn):
    ordered(sites)
    client = sign_in(cast.ana)
    with clock.at(START + timedelta(days=8)):
        page = client.get("/isolating/P1/").content.decode()
        answer = posted(client, "/isolation-say/released/isolating/P1/", reason="期满", told="spoken")
        twice = posted(client, "/isolation-say/released/isolating/P1/", reason="期满")
        notice = client.get("/isolation-notice/isolating/P1/").content.decode()

    assert "隔离已到期自行结束" in page
    assert (answer.status_code, twice.status_code) == (302, 422)
    assert "您的隔离已于 2022-03-26 08:00 解除" in notice


@pytest.mark.parametrize(
    ("role", "area", "status"),
    [
        ("village_secretary", WEST, 200), ("town_clerk", "990101101", 200), ("isolation_staff", EAST, 404), ("town_clerk", "990102", 404),
        ("gate_staff", WEST, 403),
    ],
)  # fmt: skip
def test_who_sees_a_stay_before_anybody_is_on_the_way(sites: Field, sign_in: SignIn, role: str, area: str, status: int):
    ordered(sites)
    client = sign_in(account("reader", role, area))

    assert client.get("/isolating/P1/").status_code == status


def test_a_page_of_somebody_without_a_stay_says_what_to_do_first(sites: Field, cast: Cast, sign_in: SignIn):
    assert "请先下达隔离通知" in sign_in(cast.ana).get("/isolating/P3/").content.decode()


def test_somebody_is_found_by_name_within_ones_own_area(sites: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)

    own = client.post(f"/isolation/{WEST}/begin/", {"who": "单田芳"})
    other = client.post(f"/isolation/{WEST}/begin/", {"who": "喆𬱖"})

    assert 'href="/isolating/P3/"' in own.content.decode()
    assert (other.status_code, errors(other)) == (422, ["辖区内未找到“喆𬱖”。可输入编号、姓名或证件号末几位。"])


@pytest.mark.parametrize(
    ("language", "rule", "records"),
    [("zh-hans", "密切接触者集中隔离", "依据记录 1 条"), ("en", "close contact, facility quarantine", "1 record")],
)
def test_the_history_reads_an_order_in_words(sites: Field, cast: Cast, sign_in: SignIn, language: str, rule: str, records: str):
    evidence = ordered(sites).data["evidence"][0]
    client = sign_in(cast.ana)
    client.cookies["django_language"] = language

    history = client.get("/isolating/P1/").content.decode().split('class="timeline"')[1].split("</ol>")[0]

    assert (rule in history, records in history, evidence in history) == (True, True, False)
