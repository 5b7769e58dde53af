"""A rumour is heard, checked, and answered with an approved text; open ones are listed with who owes the answer."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.library.tests.telling import decide, write
from closeknit.measures.rumours.standing import rumours
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Any]


def heard(field: Field, **rest: Any) -> str:
    """A rumour is heard; its number."""
    said = {"words": "卢兰利说超市要关门", "heard_on": "chat", **rest.pop("data", {})}
    return str(field.record("outreach.rumour_heard", data=said, **rest).id)


def step(client: Any, kind: str, **data: Any) -> int:
    """The status of the form of a step."""
    return int(client.post(f"/record/outreach.rumour_{kind}/", {"event": str(uuid4()), **data}).status_code)


def told(end: Any) -> list[int]:
    values = figures(Question(TOWN, START, end), "outreach.")
    return [values[f"outreach.rumours_{name}"] for name in ("heard", "answered", "open", "late")]


def test_com_07_a_rumour_is_checked_and_answered_with_an_approved_text(field_records: Field, cast: Cast, sign_in: SignIn):
    code, client = heard(field_records), sign_in(cast.ben)
    said = write(field_records, about="answer")
    answer = {"rumour": code, "text_id": "T-001", "version": "1"}
    with clock.at(START + timedelta(hours=2)):
        unchecked = step(client, "answered", **answer)
        checked = step(client, "checked", rumour=code, finding="untrue", source="县市场监管局")
        not_approved = step(client, "answered", **answer)
    decide(field_records.later(hours=2), said)
    with clock.at(START + timedelta(hours=4)):
        page = html.unescape(client.get(f"/rumour/{code}/").content.decode())
        (way,) = {each for each in re.findall(r'href="([^"]+)"', page) if "rumour_answered" in each}
        before, answered = told(clock.now()), step(client, "answered", **answer)

    assert [unchecked, checked, not_approved, answered] == [422, 302, 422, 302]
    assert "text_id=T-001&version=1" in way
    assert (before, told(START + timedelta(hours=5))) == ([1, 0, 1, 0], [1, 1, 0, 0])
    (rumour,) = rumours()
    assert (rumour.state, rumour.checked.data["finding"], rumour.answered.data["text_id"]) == ("answered", "untrue", "T-001")


def test_com_07_open_rumours_stand_with_who_owes_the_answer(field_records: Field, cast: Cast, sign_in: SignIn):
    first = heard(field_records)
    heard(field_records.later(hours=1), area=EAST, data={"same_as": first})
    second = heard(field_records.later(hours=1), area=EAST, data={"heard_on": "market"})
    field_records.record("outreach.rumour_taken", data={"rumour": second, "owner": "W3"})
    with clock.at(START + timedelta(hours=25, minutes=30)):
        client = sign_in(cast.ben)
        text = client.get(f"/rumours/{TOWN}/?as=csv").content.decode("utf-8-sig")
        board = html.unescape(client.get(f"/board/{TOWN}/?at=now").content.decode())
    listed = [[row.split(",")[number] for number in (1, 2, 4, 8)] for row in text.splitlines()[1:]]

    assert listed == [["逾期", "卢兰利说超市要关门", "2", "村干部甲"], ["待核实", "卢兰利说超市要关门", "1", "镇干部"]]
    assert "1 条谣言逾期未答复" in board
    assert "卢兰利" not in str(Event.objects.get(id=first).data)


def test_what_was_said_is_for_those_who_record(field_records: Field, cast: Cast, sign_in: SignIn):
    code = heard(field_records)
    whole = sign_in(cast.ben).get(f"/rumour/{code}/").content.decode()
    cast.ben.role = "county_supervisor"
    cast.ben.save()
    client = sign_in(cast.ben)

    assert "超市要关门" in whole
    assert not any("超市要关门" in client.get(path).content.decode() for path in (f"/rumour/{code}/", f"/rumours/{TOWN}/"))


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("dov", 404), ("chen", 403), ("ben", 200)])
def test_nobody_sees_or_answers_a_rumour_of_another_area(field_records: Field, cast: Cast, sign_in: SignIn, who: str, status: int):
    code = heard(field_records, area=EAST)
    client = sign_in(getattr(cast, who))

    assert client.get(f"/rumour/{code}/").status_code == status
    if status == 404:
        assert step(client, "checked", rumour=code, finding="untrue", source="x") == 422
    assert client.get(f"/rumours/{WEST}/").status_code == {"ana": 200, "ben": 200, "chen": 403}.get(who, 404)


def test_where_nothing_was_heard_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    assert "核实后用审定文稿答复" in sign_in(cast.ben).get(f"/rumours/{TOWN}/").content.decode()
