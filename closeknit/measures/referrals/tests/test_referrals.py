"""Handing something over to the department that has the power, and tracking what it does."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import act_code
from closeknit.reports.figures import Question, figures
from closeknit.sync.assignment.work import works
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)
CLOSE = act_code("r1", "S1", "close")


@pytest.fixture
def ordered(field_records: Field) -> Iterator[Field]:
    """A closure that was said on the spot at a shop."""
    field_records.record("inspections.inspected", place="S1", data={"run": "r1", "actions": ["close"], "findings": ["超范围经营"]})
    with clock.at(NOW):
        yield field_records


def states(client: Any, state: str = "") -> list[list[str]]:
    text = client.get(f"/referrals/{TOWN}/?state={state}&as=csv").content.decode("utf-8-sig")
    return [line.split(",")[:4] for line in text.splitlines()[1:]]


def test_enf_04_the_department_is_told_at_once_and_its_action_tracked(ordered: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    form = client.get(f"/act-tell/{CLOSE}/S1/").content.decode()
    sent = {"event": str(uuid4()), "department": "market_supervision", "matter": "停业：超范围经营"}
    answer = client.post(f"/act-tell/{CLOSE}/S1/", sent)
    told = Event.objects.get(kind="inspections.department_told")
    with clock.at(NOW + timedelta(hours=25)):
        late = states(client, "late")
        board = client.get(f"/board/{TOWN}/").content.decode()
        client.post(f"/referral/{told.topic}/", {"event": str(uuid4()), "outcome": "done", "words": "已责令停业"})
        done = states(client)

    assert ("停业：超范围经营" in form, form.index("卫生健康主管部门") < form.index("乡镇人民政府")) == (True, True)
    assert (answer.status_code, told.data["act"], told.place) == (302, CLOSE, "S1")
    assert late == [["停业：超范围经营", "逾期未办", "市场监督管理部门", "河街商店"]]
    assert "主管部门逾期未办：1 件" in board
    assert done == [["停业：超范围经营", "已办结", "市场监督管理部门", "河街商店"]]


def test_chk_05_a_post_hands_a_vehicle_to_transport_enforcement_and_its_plate_stands_in_no_list(
    ordered: Field, cast: Cast, sign_in: SignIn
):
    said = ordered.record(
        "inspections.transport_suspected", place="CP1", data={"plate": "湘U·00001", "vehicle": "面包车", "words": "收费拼车"}
    )
    client = sign_in(cast.ben)
    pages = "".join(client.get(url).content.decode() for url in (f"/referrals/{TOWN}/", f"/referral/{said.topic}/"))
    counted = figures(Question(TOWN, START, NOW), "inspections.")

    assert states(client, "open") == [["疑似非法营运", "未回复", "交通运输综合执法机构", "渡口卡点"]]
    assert [word in pages for word in ("湘U", "收费拼车")] == [False, False]
    assert (said.data, said.told()["plate"]) == ({"vehicle": "面包车"}, "湘U·00001")
    assert [counted[f"inspections.{name}"] for name in ("transport_suspected", "departments_told", "referrals_open", "referrals_late")] == [
        1,
        0,
        1,
        0,
    ]
    assert works(kinds()["inspections.transport_suspected"]) == ["gate"]


def test_what_is_no_department_and_what_was_never_handed_over_is_refused(ordered: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    wrong = client.post(
        "/record/inspections.department_told/", {"event": str(uuid4()), "department": "village", "matter": "x", "chosen_place": "S1"}
    )

    assert (wrong.status_code, "该部门不在现行规则内" in wrong.content.decode()) == (422, True)
    assert client.get(f"/referral/{uuid4()}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ana", f"/referrals/{WEST}/", 200), ("ana", f"/referrals/{EAST}/", 404), ("dov", f"/referrals/{TOWN}/", 404),
     ("dov", f"/act-tell/{CLOSE}/S1/", 404), ("ana", f"/act-tell/{CLOSE}/S1/", 403)],
)  # fmt: skip
def test_who_sees_which_hand_overs(ordered: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
