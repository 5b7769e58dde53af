"""Typical cases: drafted without a name, looked through by somebody else, published, taken down."""

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
from closeknit.measures.inspections.kinds import act_code
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)
SEAL = act_code("r1", "S1", "seal")
FOUND = "河街商店单田芳（13900000001）用湘U00001向西坪村送无证食品"


@pytest.fixture
def sealed(field_records: Field) -> Iterator[Field]:
    """A shop was sealed; what was found names people, a telephone, a plate and the shop itself."""
    field_records.record("inspections.inspected", place="S1", data={"run": "r1", "actions": ["seal"], "findings": [FOUND]})
    paper = {"act": SEAL, "action": "seal", "office": "health", "legal_basis": "《食品安全法》", "officers": ["钱卫国 0001", "孙海 0002"],
             "number": "查封〔2022〕1号", "until": "2022-03-28"}  # fmt: skip
    field_records.later(hours=1).record("inspections.written", place="S1", data=paper)
    field_records.record("inspections.served", place="S1", data={"act": SEAL, "way": "handed", "receiver": "周老板"})
    with clock.at(NOW):
        yield field_records


@pytest.fixture
def ina(cast: Cast) -> Account:
    """An inspector."""
    return account("ina", "inspector", TOWN, member="W2")


def form(client: Any) -> dict[str, str]:
    """The draft as the form offers it."""
    page = client.get(f"/case-draft/{SEAL}/S1/").content.decode()
    title = re.search(r'name="title"[^>]*value="([^"]*)"', page)
    text = re.search(r'<textarea[^>]*name="text"[^>]*>([^<]*)', page)
    assert title and text
    return {"title": html.unescape(title[1]), "text": html.unescape(text[1])}


def send(client: Any, path: str, **said: str) -> Any:
    return client.post(path, {"event": str(uuid4()), **said})


def test_enf_08_the_draft_names_no_person_number_plate_shop_or_village(sealed: Field, ina: Account, sign_in: SignIn):
    made = form(sign_in(ina))

    assert made["text"] == (
        "2022年3月，河口镇执法人员检查一家商店时发现：某商店某某（某某）用某某向某村送无证食品。卫生健康主管部门依据《食品安全法》作出查封。"
    )
    assert made["title"] == "某商店某商店某某（某某）用某某向某村送无证食品被查封"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("查封一家商店。", ""), ("河街商店被查封。", "河街商店"), ("店主单田芳被罚。", "单田芳"), ("电话13900000001。", "13900000001"),
        ("车牌湘U00001。", "湘U00001"), ("在西坪村发现。", "西坪村"), ("证号990000194202140035。", "990000194202140035"),
        ("钱卫国带队检查。", "钱卫国"), ("周老板签收。", "周老板"), ("村干部乙到场。", "村干部乙"),
    ],
)  # fmt: skip
def test_enf_08_what_names_somebody_or_the_shop_is_refused_with_the_piece(
    sealed: Field, ina: Account, sign_in: SignIn, text: str, refused: str
):
    answer = send(sign_in(ina), f"/case-draft/{SEAL}/S1/", title="一起案例", text=text)

    assert answer.status_code == (422 if refused else 302)
    assert (f"“{refused}”为" in answer.content.decode()) is bool(refused)
    assert Event.objects.filter(kind="cases.drafted").count() == (0 if refused else 1)


def test_enf_08_a_second_person_publishes_and_everybody_may_read_it_until_it_is_taken_down(
    sealed: Field, ina: Account, cast: Cast, sign_in: SignIn, client: Any
):
    client = sign_in(ina)
    send(client, f"/case-draft/{SEAL}/S1/", **form(client))
    drafted = Event.objects.get(kind="cases.drafted")
    own = send(client, f"/case-step/published/{drafted.topic}/").content.decode()
    with clock.at(NOW + timedelta(minutes=2)):
        send(sign_in(cast.ben), f"/case-step/returned/{drafted.topic}/", reason="再简短些")
        early = send(client, f"/case-step/published/{drafted.topic}/").status_code
    with clock.at(NOW + timedelta(minutes=5)):
        send(sign_in(ina), f"/case-draft/{SEAL}/S1/?case={drafted.topic}", title="某商店被查封", text="无证食品。")
    with clock.at(NOW + timedelta(minutes=9)):
        answer = send(sign_in(cast.ben), f"/case-step/published/{drafted.topic}/")
        text = client.get(f"/case-text/{drafted.topic}/").content.decode()
    client.logout()
    page = client.get(f"/published-cases/{TOWN}/").content.decode()
    with clock.at(NOW + timedelta(minutes=12)):
        send(sign_in(cast.ben), f"/case-step/withdrawn/{drafted.topic}/", reason="已过期")
    client.logout()
    after = client.get(f"/published-cases/{TOWN}/").content.decode()

    assert ("案例由您起草，须由他人审核" in own, early, answer.status_code) == (True, 422, 302)
    assert (text, "某商店被查封" in page, "某商店被查封" in after) == ("某商店被查封\n\n无证食品。\n", True, False)
    assert Event.objects.get(kind="cases.published").area == TOWN, "no village is known from it"
    assert [Event.objects.filter(kind="cases.drafted", data__has_key=name).count() for name in ("title", "text")] == [0, 0]
    assert figures(Question(TOWN, START, NOW + timedelta(hours=1)), "inspections.")["inspections.cases_published"] == 1


def test_enf_08_the_case_of_an_act_that_was_set_aside_is_not_published(sealed: Field, ina: Account, cast: Cast, sign_in: SignIn):
    client = sign_in(ina)
    send(client, f"/case-draft/{SEAL}/S1/", **form(client))
    case = Event.objects.get(kind="cases.drafted").topic
    sealed.record("legality.reviewed", place="S1", data={"act": SEAL, "outcome": "set_aside", "grounds": ["no_power"], "reason": "x"})

    answer = send(sign_in(cast.ben), f"/case-step/published/{case}/").content.decode()

    assert "该处置已撤销，案例不得发布" in answer
    assert Event.objects.filter(kind="cases.published").count() == 0


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ana", f"/cases/{WEST}/", 200), ("ana", f"/cases/{EAST}/", 404), ("dov", f"/case-draft/{SEAL}/S1/", 404),
     ("ana", f"/case-draft/{SEAL}/S1/", 403), ("chen", f"/cases/{TOWN}/", 403), ("ben", f"/published-cases/{WEST}/", 404),
     ("dov", f"/published-cases/{TOWN}/", 200)],
)  # fmt: skip
def test_who_sees_which_cases(sealed: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
