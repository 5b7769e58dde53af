"""Batches at cold stores: which certificates are missing, what is released and held."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.projections import projections
from closeknit.measures.command.kinds import Look
from closeknit.measures.goods.kinds import BatchArrived, BatchDecided, Outcome
from closeknit.measures.goods.models import Batch
from closeknit.measures.goods.watch import lacking
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figures
from tests.town import START, TOWN, WEST, Cast, Field

SignIn = Callable[..., Any]
NOON = START + timedelta(hours=4)
FIGURES = ("batches", "batches_open", "batches_held", "batches_released", "batches_lacking", "released_lacking")


def the_figures(area: str = TOWN, **asked: Any) -> tuple[Any, ...]:
    reckoned = figures(Question(area, START, NOON, **asked), "coldchain.")
    return tuple(reckoned[f"coldchain.{name}"] for name in FIGURES)


@pytest.fixture
def goods(field_records: Field) -> Field:
    """Three batches at the western store, one number also at another: whole, lacking a test, released by phone without papers."""
    Place.objects.create(code="CS2", category="cold_store", name="二号冷库", area=WEST, learned_at=START - timedelta(days=1))
    papers = ["customs", "test", "disinfection"]
    for place, number, shown in (("CS1", "B-1", papers), ("CS1", "B-2", papers[:1]), ("CS2", "B-1", []), ("CS2", "B-3", [])):
        data = {"batch": number, "goods": "冻带鱼", "imported": number != "B-3", "certificates": shown}
        field_records.record("coldchain.batch_arrived", place=place, data=data)
    field_records.later(minutes=5).record("coldchain.batch_decided", place="CS2", data={"batch": "B-1", "outcome": "released"})
    return field_records


@pytest.mark.parametrize("number", ["", " ", "B/1", "B?1", "B\n1", "B" * 61, " B1"])
def test_a_number_that_cannot_stand_in_an_address_is_refused(number: str):
    with pytest.raises(Invalid, match="batch"):
        BatchArrived(batch=number, goods="冻虾", imported=True).check()


def test_a_batch_is_held_with_a_reason():
    with pytest.raises(Invalid, match="reason"):
        BatchDecided(batch="B-1", outcome=Outcome.HELD).check()
    BatchDecided(batch="B-1", outcome=Outcome.HELD, reason="缺检测报告").check()


def test_the_figures_count_batches_by_outcome_and_by_what_they_lack(goods: Field):
    before = the_figures()
    goods.later(minutes=5).record("coldchain.certificate_shown", place="CS1", data={"batch": "B-2", "certificate": "test"})
    goods.record("coldchain.batch_decided", place="CS1", data={"batch": "B-2", "outcome": "held", "reason": "缺消毒证明"})
    goods.record("coldchain.certificate_shown", place="CS1", data={"batch": "B-9", "certificate": "test"})

    assert before == (4, 3, 0, 1, 2, 1)
    assert the_figures() == (4, 2, 1, 1, 2, 1)
    assert the_figures(as_of=goods.now - timedelta(minutes=1)) == before


def test_a_missing_certificate_shows_on_the_list_the_page_and_the_board(goods: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(NOON):
        rows = client.get(f"/goods/{TOWN}/?state=lacking&sort=batch&as=csv").content.decode("utf-8-sig").splitlines()[1:]
        page = client.get("/goods-batch/B-2/CS1/").content.decode()
        store = client.get("/cold-store/CS1/").content.decode()
        area = Area.objects.current().get(code=TOWN)
        boards = [lacking(Look(cast.ben, area, NOON, as_of, policy(TOWN))).cases for as_of in (None, NOON)]

    assert [row.split(",")[:4] for row in rows] == [
        ["B-1", "缺证放行", "冻带鱼", "海关报关单、检测报告、消毒证明"], ["B-2", "待处置", "冻带鱼", "检测报告、消毒证明"],
    ]  # fmt: skip
    assert "缺少：检测报告、消毒证明" in page
    assert f"/goods/{WEST}/?state=lacking&amp;place=CS1" in store
    for cases in boards:
        assert [(case.name, str(case.note)) for case in cases] == [
            ("B-1 · 二号冷库", "已缺证放行"), ("B-2 · 一号冷库", ""),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"batch": "B-2", "outcome": "released"}, "缺少：检测报告、消毒证明"),
        ({"batch": "B-7", "outcome": "released"}, "该库没有此批次"),
        ({"batch": "B-2", "outcome": "held"}, "请写明暂扣原因"),
        ({"batch": "B-2", "outcome": "held", "reason": "缺检测报告"}, ""),
        ({"batch": "B-1", "outcome": "released"}, ""),
    ],
)
def test_at_the_desk_a_batch_is_released_only_with_its_papers(goods: Field, cast: Cast, sign_in: SignIn, said: dict[str, str], why: str):
    decided = Event.objects.filter(kind="coldchain.batch_decided").count()
    with clock.at(NOON):
        answer = sign_in(cast.ben).post("/record/coldchain.batch_decided/", {"ref_place": "CS1", "chosen_place": "CS1", **said})

    assert (answer.status_code, why in answer.content.decode()) == (422 if why else 302, True)
    assert Event.objects.filter(kind="coldchain.batch_decided").count() == decided + (not why)


def test_rebuilding_the_batches_changes_nothing(goods: Field):
    def rows() -> list[Any]:
        return list(Batch.objects.order_by("place", "topic").values_list("place", "topic", "outcome", "customs", "test", "arrived_at"))

    before = rows()
    next(each for each in projections() if each.model is Batch).rebuild()

    assert rows() == before
    assert len(before) == 4
