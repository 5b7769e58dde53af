"""Requests for help: from doors without typing again, emergencies first, an owner, an outcome, asked again; referrals."""

import html
import random
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.ledger.queries import standing
from closeknit.measures.care.kinds import HelpRequested
from closeknit.measures.helping.requests import requests
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Any]
HOURS = {"emergency": 1, "urgent": 4, "normal": 24}


def asked(field: Field, urgency: str = "normal", **rest: Any) -> str:
    """Somebody asks for help; the request's number."""
    said = {"matter": "medicine", "urgency": urgency, "words": "断药", "name": "张三", "phone": "19900000000", "way": "phone"}
    return str(field.record("care.help_requested", data=said, **rest).id)


def every() -> list[Any]:
    """All requests."""
    return requests(standing(HelpRequested))


def test_knk_02_liv_06_a_need_that_was_said_at_a_door_is_a_request_without_typing_again(field_records: Field):
    visit = field_records.record(
        "doorknock.visited", household="H1", data={"outcome": "met", "needs": ["缺降压药", "水管漏水"], "note": "x"}
    )
    field_records.record("doorknock.visited", household="H2", data={"outcome": "met", "note": "无"})
    care = field_records.record("care.visited", person="P4", data={"outcome": "met", "needs": ["老人透析接送"]})

    found = {each.asked.household or each.asked.person: each.asked for each in every()}

    assert {code: (event.told(), event.area, event.at, event.member) for code, event in found.items()} == {
        "H1": ({"matter": "other", "urgency": "normal", "words": "缺降压药；水管漏水", "way": "door"}, WEST, visit.at, "W1"),
        "P4": ({"matter": "other", "urgency": "urgent", "words": "老人透析接送", "way": "visit"}, WEST, care.at, "W1"),
    }


def test_a_visit_sent_twice_or_put_right_asks_once(field_records: Field):
    event = field_records.event("doorknock.visited", household="H1", data={"outcome": "met", "needs": ["缺米"]})
    field_records.push(event)
    field_records.push(event)
    field_records.record(
        "doorknock.visited", household="H1", corrects=event["id"], data={"outcome": "met", "needs": ["缺米"], "present": 2, "reason": "x"}
    )

    assert len(every()) == 1


def test_liv_06_a_request_is_not_closed_without_an_outcome(field_records: Field, cast: Cast, sign_in: SignIn):
    number = asked(field_records)
    bare = field_records.event("care.help_closed", data={"request": number})
    (answer,) = field_records.push(bare)
    without_reason = field_records.event("care.help_closed", data={"request": number, "outcome": "could_not"})

    assert (answer.status, answer.field, answer.reason) == ("rejected", "data.outcome", "missing")
    assert answer.text.of("zh-hans") == "此项必填。办结须写明结果：已解决、已转介、已不需要或未能解决。"
    assert [each.field for each in field_records.push(without_reason)] == ["data.reason"]
    assert every()[0].state == "open"


def test_liv_06_one_press_takes_a_request_and_the_form_closes_it_with_an_outcome(field_records: Field, cast: Cast, sign_in: SignIn):
    number = asked(field_records)
    client = sign_in(cast.ana)
    with clock.at(START + timedelta(hours=2)):
        taken = client.post(f"/help/{number}/take/")
        page = client.get(f"/help/{number}/").content.decode()
        form = next(html.unescape(each) for each in re.findall(r'href="([^"]+)"', page) if "care.help_closed" in each)
        hidden = dict(re.findall(r'name="(event|next)" value="([^"]*)"', client.get(form).content.decode()))
        answer = client.post(form, {**hidden, "request": number, "outcome": "helped", "reason": "已送药"})

    (request,) = every()
    assert (taken.status_code, answer.status_code, answer["Location"]) == (302, 302, f"/help/{number}/")
    assert (request.state, request.owner, request.closed.data["outcome"]) == ("closed", "W1", "helped")


def test_a_request_that_is_asked_again_is_open_and_due_from_then_on(field_records: Field):
    number = asked(field_records)
    field_records.later(hours=1).record("care.help_taken", data={"request": number, "owner": "W2"})
    field_records.later(hours=1).record("care.help_closed", data={"request": number, "outcome": "helped"})
    field_records.later(hours=1).record("care.help_asked_again", data={"request": number})
    (request,) = every()

    assert (request.state, request.owner, request.since, request.times) == ("taken", "W2", field_records.now, 2)


@pytest.mark.parametrize(
    ("kind", "data", "error"),
    [
        ("help_closed", {"request": "nothing", "outcome": "helped"}, "辖区内没有该编号的求助。"),
        ("help_taken", {"owner": "W-nobody"}, "没有该编号的工作人员，请查看工作人员名单。"),
        ("referral_answered", {"referral": "nothing", "outcome": "done"}, "辖区内没有该编号的转介。"),
    ],
)
def test_a_step_of_a_request_that_is_not_there_is_refused_in_words(
    field_records: Field, cast: Cast, sign_in: SignIn, kind: str, data: dict[str, str], error: str
):
    number = asked(field_records)

    answer = sign_in(cast.ana).post(f"/record/care.{kind}/", {"event": str(uuid4()), "request": number, **data})

    assert answer.status_code == 422
    assert error in html.unescape(answer.content.decode())


def test_nobody_closes_a_request_of_another_area(field_records: Field, cast: Cast, sign_in: SignIn):
    number = asked(field_records, area=EAST)
    client = sign_in(cast.ana)

    assert [client.get(f"/help/{number}/").status_code, client.post(f"/help/{number}/take/").status_code] == [404, 404]
    client.post("/record/care.help_closed/", {"event": str(uuid4()), "request": number, "outcome": "not_needed"})
    assert every()[0].state == "open"


def test_tst_12_emergencies_stand_first_and_what_is_late_is_told(field_records: Field, cast: Cast, sign_in: SignIn):
    for urgency in ("normal", "urgent", "emergency"):
        asked(field_records.later(minutes=1), urgency, place="S1")
    with clock.at(START + timedelta(hours=5, minutes=30)):
        client = sign_in(cast.ben)
        text = client.get(f"/care/{TOWN}/help/?as=csv&at=now").content.decode("utf-8-sig")
        late = client.get(f"/care/{TOWN}/help/?as=csv&at=now&state=late").content.decode("utf-8-sig")
        board = html.unescape(client.get(f"/board/{TOWN}/?at=now").content.decode())

    assert [line.split(",")[1:4] for line in text.splitlines()[1:]] == [
        ["逾期", "紧急", "断药"], ["逾期", "较急", "断药"], ["待认领", "一般", "断药"],
    ]  # fmt: skip
    assert len(late.splitlines()) == 3
    assert "2 件求助逾期未办结" in board


def test_names_and_words_are_for_those_who_record(field_records: Field, cast: Cast, sign_in: SignIn):
    number = asked(field_records)
    client = sign_in(cast.ben)
    whole = client.get(f"/help/{number}/").content.decode()
    cast.ben.role = "county_supervisor"
    cast.ben.save()
    masked = client.get(f"/help/{number}/").content.decode()

    assert "19900000000" in whole and "断药" in whole
    assert "19900000000" not in masked and "断药" not in masked


def test_liv_05_a_referral_is_open_until_the_office_answers(field_records: Field, cast: Cast, sign_in: SignIn):
    first = field_records.record("care.referred", person="P3", data={"to": "civil_affairs", "words": "临时救助"})
    second = field_records.record("care.referred", person="P4", data={"to": "disabled_federation"})
    field_records.later(hours=1).record("care.referral_answered", data={"referral": str(second.id), "outcome": "accepted"})

    text = sign_in(cast.ben).get(f"/care/{TOWN}/referrals/?as=csv").content.decode("utf-8-sig")
    waiting = sign_in(cast.ben).get(f"/care/{TOWN}/referrals/?as=csv&open=1").content.decode("utf-8-sig")

    assert [line.split(",")[:3] for line in text.splitlines()[1:]] == [["单田芳", "待回复", "民政部门"], ["尉迟恭", "已受理", "残联"]]
    assert len(waiting.splitlines()) == 2 and first


def test_where_nobody_asked_the_pages_say_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    assert "入户时说的困难自动列入" in client.get(f"/care/{TOWN}/help/").content.decode()
    assert "可从求助事项或需关爱人员处转介" in client.get(f"/care/{TOWN}/referrals/").content.decode()


@pytest.mark.parametrize("seed", range(5))
def test_liv_05_liv_06_the_figures_of_a_generated_day_are_those_of_a_plain_reckoning(field_records: Field, seed: int):
    rows = day(field_records, seed)

    for area, below in ((TOWN, {WEST, EAST}), (WEST, {WEST})):
        for hours in (6, 14, 30, 50):
            start, end = START + timedelta(hours=hours - 24), START + timedelta(hours=hours)
            told = figures(Question(area, start, end), "care.")
            assert {name: told[f"care.{name}"] for name in NAMES} == reckoned(rows, below, start, end), (area, hours)


NAMES = ("help_asked", "help_closed", "help_open", "help_late", "referrals_open")


def day(field: Field, seed: int) -> list[dict[str, Any]]:
    """Two days of requests, visits with needs, referrals and their steps, some withdrawn; as plain rows."""
    chance, rows = random.Random(seed), []
    for _ in range(90):
        field.later(minutes=chance.randint(5, 55))
        area = chance.choice([WEST, EAST])
        begun = [row for row in rows if row["what"] == "asked"]
        sent = [row for row in rows if row["what"] == "sent"]
        what = chance.choice(
            ["ask", "need", "refer", "care.help_taken", "care.help_closed", "care.help_closed", "care.help_asked_again", "answer"]
        )
        row = {"at": field.now, "area": area}
        if what == "ask":
            urgency = chance.choice([*HOURS])
            row |= {"what": "asked", "id": asked(field, urgency, area=area), "urgency": urgency}
        elif what == "need":
            data = {"outcome": "met", "needs": ["缺米"]}
            visit = field.record("doorknock.visited", household="H1", area=area, data=data)
            request = next(each for each in every() if each.asked.at == visit.at and each.asked.household == "H1")
            row |= {"what": "asked", "id": request.code, "urgency": "normal"}
        elif what == "refer":
            event = field.record("care.referred", person="P3", area=area, data={"to": "police"})
            row |= {"what": "sent", "id": str(event.id)}
        elif what == "answer" and sent:
            row |= {"what": "answered", "id": chance.choice(sent)["id"]}
            event = field.record("care.referral_answered", area=area, data={"referral": row["id"], "outcome": "done"})
        elif what.startswith("care.") and begun:
            extra = {"care.help_taken": {"owner": "W1"}, "care.help_closed": {"outcome": "helped"}}.get(what, {})
            row |= {"what": what, "id": chance.choice(begun)["id"]}
            event = field.record(what, area=area, data={"request": row["id"], **extra})
            if chance.random() < 0.2:
                field.record("ledger.voided", area=area, corrects=str(event.id), data={"reason": "x"})
                continue
        else:
            continue
        rows.append(row)
    return rows


def reckoned(rows: list[dict[str, Any]], below: set[str], start: Any, end: Any) -> dict[str, int]:
    """The figures of docs/field-records.md, read word by word from the rows."""
    before = [row for row in rows if row["at"] < end]
    window = [row for row in before if row["at"] >= start and row["area"] in below]
    found = dict.fromkeys(NAMES, 0)
    found["help_asked"] = sum(row["what"] == "asked" for row in window)
    found["help_closed"] = sum(row["what"] == "care.help_closed" for row in window)
    answered = {row["id"] for row in before if row["what"] == "answered"}
    found["referrals_open"] = sum(row["what"] == "sent" and row["area"] in below and row["id"] not in answered for row in before)
    for request in before:
        if request["what"] != "asked" or request["area"] not in below:
            continue
        since, is_open = request["at"], True
        for row in before:
            if row["id"] == request["id"] and row["what"] == "care.help_asked_again":
                since, is_open = row["at"], True
            if row["id"] == request["id"] and row["what"] == "care.help_closed":
                is_open = False
        found["help_open"] += is_open
        found["help_late"] += is_open and since + timedelta(hours=HOURS[request["urgency"]]) <= end
    return found
