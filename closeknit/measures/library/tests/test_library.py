"""A text is written, read and approved; only an approved version is used, and what was used without it is listed."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.library.kinds import texts
from closeknit.measures.library.tests.telling import decide, write
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Any]
FORM = {"title": "防护顺口溜", "form": "rhyme", "about": "prevention", "words": "戴口罩，勤洗手"}
POSTED = {"device_kind": "loudspeaker", "quantity": "2", "text_id": "T-001"}


def broadcast(client: Any, **data: str) -> int:
    """The status of the form with which a broadcast is recorded."""
    return int(client.post("/record/outreach.broadcast/", {"event": str(uuid4()), **POSTED, **data}).status_code)


def test_com_01_a_text_is_written_approved_by_somebody_and_only_then_used(field_records: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    written = ben.post(f"/texts/{TOWN}/write/", FORM)
    before = broadcast(ben)
    page = ben.get("/text/T-001/").content.decode()
    seen = dict(re.findall(r'name="(seen|version)" value="([^"]*)"', page))
    ben.post("/text/T-001/decide/", {**seen, "outcome": "approved"})

    assert (written.status_code, before, broadcast(ben), broadcast(ben, version="1"), broadcast(ben, version="2")) == (
        302,
        422,
        302,
        302,
        422,
    )
    text = texts()["T-001"]
    assert (text.in_force.number, text.in_force.written.member, text.in_force.decided.member) == (1, "W3", "W3")
    shown = ben.get(f"/texts/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[1].split(",")
    assert shown == ["防护顺口溜", "已审定", "顺口溜", "防护知识", "1", "1", "镇干部", "镇干部", "河口镇", "T-001"]


def test_com_01_a_new_version_waits_while_the_one_before_it_stays_in_force(field_records: Field):
    first = write(field_records)
    decide(field_records.later(hours=1), first)
    second = write(field_records.later(hours=1), version=2)
    assert [(each.number, each.state) for each in texts()["T-001"].versions] == [(1, "approved"), (2, "waiting")]
    assert texts()["T-001"].in_force.number == 1

    decide(field_records.later(hours=1), second)
    assert texts()["T-001"].in_force.number == 2
    decide(field_records.later(hours=1), second, "withdrawn", reason="电话有误")
    assert texts()["T-001"].in_force.number == 1


def test_the_version_in_force_can_be_withdrawn_while_a_newer_one_waits(field_records: Field, cast: Cast, sign_in: SignIn):
    decide(field_records, write(field_records))
    write(field_records.later(hours=1), version=2)
    with clock.at(START + timedelta(hours=5)):
        client = sign_in(cast.ben)
        offered = 'name="why"' in client.get("/text/T-001/").content.decode()
        client.post("/text/T-001/decide/", {"version": "1", "why": "电话有误", "outcome": "withdrawn"})

    assert (offered, [each.state for each in texts()["T-001"].versions]) == (True, ["withdrawn", "waiting"])


def test_an_approval_holds_for_the_words_that_were_read(field_records: Field, cast: Cast, sign_in: SignIn):
    said = write(field_records)
    decide(field_records.later(hours=1), said)
    wrong = Event.objects.get(kind="outreach.text_written")
    field_records.later(hours=1).record(
        "outreach.text_written",
        area=TOWN,
        corrects=str(wrong.id),
        data={**said, "words": "不用洗手", "reason": "改"},
        at=wrong.at.isoformat(),
    )
    stale = sign_in(cast.ben).post("/text/T-001/decide/", {"version": "1", "seen": "0" * 32, "outcome": "approved"})

    assert texts()["T-001"].latest.state == "waiting"
    assert (stale.status_code, Event.objects.filter(kind="outreach.text_decided").count()) == (302, 1)


@pytest.mark.parametrize(("words", "piece"), [("卢兰利家有人返乡", "卢兰利"), ("请拨打19900000001", "19900000001")])
def test_a_text_names_nobody(field_records: Field, cast: Cast, sign_in: SignIn, words: str, piece: str):
    answer = sign_in(cast.ben).post(f"/texts/{TOWN}/write/", {**FORM, "words": words})

    assert (answer.status_code, piece in answer.content.decode(), texts()) == (422, True, {})


def test_com_01_what_a_phone_used_without_approval_stands_and_is_told(field_records: Field, cast: Cast, sign_in: SignIn):
    first = write(field_records)
    for text_id in ("T-001", "T-404", str(uuid4())):
        field_records.record("outreach.broadcast", data={"device_kind": "vehicle", "quantity": 1, "text_id": text_id})
    decide(field_records.later(hours=1), first)
    field_records.later(hours=1).record("outreach.posted", area=EAST, data={"medium": "poster", "quantity": 1, "text_id": "T-001"})
    write(field_records, "T-002", area=WEST)
    field_records.record("outreach.posted", area=EAST, data={"medium": "poster", "quantity": 1, "text_id": "T-002"})

    told = figures(Question(TOWN, START, START + timedelta(days=1)), "outreach.")
    assert {name: told[f"outreach.{name}"] for name in ("texts", "texts_waiting", "uncovered")} == {
        "texts": 1, "texts_waiting": 1, "uncovered": 3,
    }  # fmt: skip
    with clock.at(START + timedelta(days=1, hours=4)):
        board = html.unescape(sign_in(cast.ben).get(f"/board/{TOWN}/?at=now").content.decode())
    assert "3 次宣传未用审定文稿" in board and "1 篇文稿待审定" in board


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("chen", 403), ("dov", 404)])
def test_a_text_of_the_town_is_seen_in_its_villages_and_nowhere_else(
    field_records: Field, cast: Cast, sign_in: SignIn, who: str, status: int
):
    decide(field_records, write(field_records))
    client = sign_in(getattr(cast, who))

    assert [client.get(address).status_code for address in ("/text/T-001/", "/text/T-001/sheet/")] == [status, status]
    assert client.post("/text/T-001/decide/", {"outcome": "withdrawn", "reason": "x"}).status_code in (403, 404)


def test_where_no_text_was_written_the_library_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    assert "审定后方可广播、张贴、推送" in sign_in(cast.ben).get(f"/texts/{TOWN}/").content.decode()
