"""An act from the inspection to its end: set out by who may, served, objected to, lifted; counted; and what is wrong said in words."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import State, act_code, acts_of
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)
SEAL, CLOSE, FIX = (act_code("r1", "S1", action) for action in ("seal", "close", "rectify"))
PAPER = {
    "office": "market_supervision", "legal_basis": "《食品安全法》第一百一十条", "officers": "甲 执法证 0001\n乙 执法证 0002",
    "number": "查封〔2022〕1号", "until": "2022-03-28", "heard": "yes",
}  # fmt: skip


ABLE = "卫生健康主管部门、市场监督管理部门、消防救援机构"


@pytest.fixture
def ordered(field_records: Field) -> Iterator[Field]:
    """A run has found something at a shop; on the spot three acts were said, none is on paper yet."""
    data = {"run": "r1", "actions": ["seal", "close", "rectify"], "findings": ["超范围经营"], "evidence": ["照片 3 张"]}
    field_records.record("inspections.inspected", place="S1", data=data)
    with clock.at(NOW):
        yield field_records


@pytest.fixture
def ina(cast: Cast) -> Account:
    """An inspector of the town."""
    return account("ina", "inspector", TOWN, member="W2")


def say(client: Any, what: str, act: str = SEAL, **said: Any) -> Any:
    query = said.pop("query", "")
    return client.post(f"/act-say/{what}/{act}/S1/{query}", {"event": str(uuid4()), **said})


def refused(answer: Any) -> str:
    """The first thing that must change; empty where nothing must."""
    page = answer.content.decode()
    assert answer.status_code == (422 if "notice-bad" in page else 302)
    found = re.search(r'role="alert".*?<li>(?:<a[^>]*>)?([^<]+)', page, re.S)
    return html.unescape(found[1]) if found else ""


def state(act: str = SEAL, **later: float) -> State:
    return acts_of("S1", WEST)[act].state(NOW + timedelta(**later), START.astimezone().tzinfo)  # type: ignore[arg-type]


def test_enf_03_enf_10_an_act_is_set_out_served_objected_to_decided_by_another_and_lifted(
    ordered: Field, ina: Account, cast: Cast, sign_in: SignIn
):
    client = sign_in(ina)
    steps = [refused(say(client, "written", **PAPER)), refused(say(client, "served", way="handed", receiver="店主"))]
    steps += [refused(say(client, "objected", words="已经整改", way="spoken")), state()]
    query = f"?objection={Event.objects.get(kind='inspections.objected').topic}"
    own = refused(say(client, "objection_decided", query=query, outcome="upheld", reason="属实"))
    with clock.at(NOW + timedelta(minutes=5)):
        other = refused(say(sign_in(cast.ben), "objection_decided", query=query, outcome="upheld", reason="属实"))
    with clock.at(NOW + timedelta(minutes=9)):
        lifted = refused(say(sign_in(ina), "lifted", reason="整改到位"))
        page = sign_in(cast.ben).get(f"/act/{SEAL}/S1/").content.decode()

    assert (steps, other, lifted, state(hours=1)) == (["", "", "", State.IN_FORCE], "", "", State.LIFTED)
    assert own == "该处置由您作出，异议须由其他人员处理。"
    told = [re.sub(r"<[^>]+>", "", line).split()[3] for line in re.findall(r"<li>.*?</li>", page.split('class="timeline"')[1])]
    assert [line.split("：")[0] for line in told] == [
        "场所检查", "出具执法文书", "文书送达", "对处置提出异议", "异议处理（处置）", "解除措施",
    ]  # fmt: skip
    assert [word in page for word in ("市场监督管理部门", "《食品安全法》第一百一十条", "甲 执法证 0001；乙 执法证 0002", "照片 3 张")] == [
        True
    ] * 4


@pytest.mark.parametrize(
    ("who", "act", "change", "expected"),
    [
        ("ben", CLOSE, {}, f"您的岗位不能出具停业文书。可出具岗位：督查员。请交其办理，或移送有权机关：{ABLE}。"),
        ("ina", CLOSE, {"office": "village_committee"}, f"村（居）民委员会无权作出停业。有权机关：{ABLE}。请移送有权机关。"),
        ("ina", SEAL, {"officers": "甲 执法证 0001"}, "执法人员不得少于 2 人，并写明执法证号。"),
        ("ina", SEAL, {"until": "2022-06-30"}, "查封期限不得超过 30 天，请填写更早的日期。"),
        ("ina", SEAL, {"until": ""}, "处置须有期限或解除条件，请填写其一。"),
        ("ina", SEAL, {"legal_basis": " "}, "请填写“法律依据”。"),
        ("ben", FIX, {"office": "town_government", "until": "", "condition": "整改到位"}, ""),
    ],
)  # fmt: skip
def test_enf_10_a_closure_that_nobody_may_order_is_refused_in_words_that_name_who_may(
    ordered: Field, ina: Account, cast: Cast, sign_in: SignIn, who: str, act: str, change: dict[str, str], expected: str
):
    client = sign_in(ina if who == "ina" else cast.ben)

    assert refused(say(client, "written", act, **{**PAPER, **change})) == expected
    assert Event.objects.filter(kind="inspections.written").count() == (0 if expected else 1)


def test_a_step_that_cannot_follow_is_refused(ordered: Field, ina: Account, sign_in: SignIn):
    client = sign_in(ina)

    assert refused(say(client, "served", way="handed")) == "尚未出具文书，无从送达。"
    assert client.get(f"/act-say/destroyed/{SEAL}/S1/").status_code == 404
    say(client, "written", **PAPER)
    say(client, "lifted", reason="整改到位")
    assert refused(say(client, "served", way="handed")) == "该处置已结束或已撤销，不能再办理。"
    assert refused(say(client, "lifted", reason="整改到位")) == "该场所没有此项执行中的措施。"


def test_enf_10_the_notice_names_the_power_the_end_and_how_to_object(ordered: Field, ina: Account, sign_in: SignIn):
    client = sign_in(ina)
    before = client.get(f"/act-notice/{SEAL}/S1/").status_code
    say(client, "written", **PAPER)
    page = client.get(f"/act-notice/{SEAL}/S1/").content.decode()

    lines = re.findall(r"<li>([^<]+)</li>", page.split('<section class="card-box narrow">')[1].split("</section>")[0])
    assert before == 404
    assert lines == [
        "2022-03-18 检查发现你单位存在下列问题：超范围经营。", "依据：《食品安全法》第一百一十条。",
        "现决定对你单位场所予以查封。", "期限至：2022-03-28。",
        "到期自行结束，未有新决定不得延长。", "作出前已听取你单位陈述、申辩。",
        "如有异议可随时提出：当面告知执法人员或书面递交作出机关，72 小时内由其他人员答复。",
        "也可在收到本文书之日起 60 日内申请行政复议，或依法在规定期限内提起行政诉讼。", "执法人员：甲 执法证 0001；乙 执法证 0002。",
    ]  # fmt: skip


def test_acts_that_nobody_has_set_out_stand_first_on_the_list_and_on_the_board_a_day_later(ordered: Field, ina: Account, sign_in: SignIn):
    client = sign_in(ina)
    say(client, "written", **PAPER)
    say(client, "served", way="left")
    text = client.get(f"/acts/{TOWN}/").content.decode()
    board = client.get(f"/board/{TOWN}/").content.decode()
    with clock.at(NOW + timedelta(days=1)):
        later = client.get(f"/board/{TOWN}/").content.decode()

    assert re.findall(r'status-(bad|info)"', text) == ["bad", "bad", "info"]
    assert ("无权、无文书或未送达的处置：2 件" in board, "无权、无文书或未送达的处置：2 件" in later) == (False, True)


def test_enf_05_enf_10_acts_set_aside_are_counted_beside_acts_made(ordered: Field):
    ordered.record("inspections.inspected", place="S2", area=EAST, data={"run": "r1", "actions": ["penalise"]})
    ordered.later(hours=1).record(
        "legality.reviewed", place="S1", data={"act": CLOSE, "outcome": "set_aside", "grounds": ["no_power"], "reason": "x"}
    )
    ordered.record("inspections.objected", place="S1", data={"words": "不服"})
    counted, west = (
        figures(Question(TOWN, START, NOW), "inspections.", "legality."),
        figures(Question(WEST, START, NOW), "inspections.", "legality."),
    )
    names = ("acts", "set_aside", "acts_standing", "acts_unwritten", "objections_open", "objections_late")

    assert [counted[f"inspections.{name}"] for name in names] == [4, 1, 3, 3, 1, 0]
    assert [west[f"inspections.{name}"] for name in names] == [3, 1, 2, 2, 1, 0]
    assert figures(Question(TOWN, START, NOW + timedelta(days=4)), "inspections.", "legality.")["inspections.objections_late"] == 1


def test_words_of_an_objection_are_shown_to_who_records_alone(ordered: Field, cast: Cast, sign_in: SignIn):
    ordered.record("inspections.objected", place="S1", data={"words": "老板张某不服", "action": "seal"})
    pages = [sign_in(who).get(f"/act/{SEAL}/S1/").content.decode() for who in (cast.ben, cast.ana)]

    assert ["老板张某不服" in page for page in pages] == [True, False]


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/acts/{WEST}/", 200), ("ana", f"/acts/{EAST}/", 404), ("ana", f"/act/{SEAL}/S1/", 200), ("ana", f"/act/{SEAL}/S2/", 404),
        ("ana", f"/act-say/served/{SEAL}/S1/", 403), ("dov", f"/act/{SEAL}/S1/", 404), ("dov", f"/act-say/served/{SEAL}/S1/", 404),
        ("chen", f"/acts/{WEST}/", 403), ("ben", "/act/none/S1/", 404),
    ],
)  # fmt: skip
def test_who_sees_which_acts(ordered: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
