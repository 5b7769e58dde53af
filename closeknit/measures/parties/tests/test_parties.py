"""Four parties answer for each place and problem; none of them may be missing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Account], Any]
NOON = START + timedelta(hours=4)
NAME = f"/parties/{TOWN}/name/"
FOUR = {"territory": "河口镇", "department": "市场监管所", "unit": "河街商店", "individual": "W1"}


@pytest.fixture
def noon(field_records: Field) -> Iterator[Field]:
    with clock.at(NOON):
        field_records.record("supervision.found", area=EAST, data={"problem": "P-1", "unit": EAST, "title": "未测温"})
        yield field_records


def rows(client: Any, query: str) -> list[str]:
    with clock.at(NOON + timedelta(minutes=1)):
        return list(client.get(f"/parties/{TOWN}/?as=csv&{query}").content.decode("utf-8-sig").splitlines()[1:])


def test_org_06_each_place_and_problem_has_its_four_parties(noon: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    for query, lacks in (("place=S1", "department"), ("problem=P-1", "individual")):
        page = client.post(f"{NAME}?{query}", {"event": str(uuid4()), **FOUR, lacks: ""})
        assert page.status_code == 422
        assert client.post(f"{NAME}?{query}", {"event": str(uuid4()), **FOUR}).status_code == 302

    named = [row.rstrip(",") for row in rows(client, "") if "四方已落实" in row]
    assert named == [
        "河街商店,四方已落实,场所,河口镇,市场监管所,河街商店,村干部甲,西坪村",
        "未测温,四方已落实,问题,河口镇,市场监管所,河街商店,村干部甲,东岭村",
    ]
    assert [row.split(",")[0] for row in rows(client, "missing=1")] == ["渡口卡点", "一号冷库", "东岭商店"]
    assert [figures(Question(area, START, NOON + timedelta(minutes=1)), "parties.")["parties.named"] for area in (TOWN, WEST, EAST)] == [
        2,
        1,
        1,
    ]


def test_org_06_a_party_that_is_missing_and_a_place_of_others_are_refused(noon: Field, cast: Cast, sign_in: SignIn):
    (blank,) = noon.push(noon.event("parties.named", place="S1", data={**FOUR, "unit": " "}))
    assert (blank.status, blank.field) == ("rejected", "data.unit")
    client = sign_in(cast.dov)
    nowhere = client.post("/record/parties.named/", {"event": str(uuid4()), **FOUR, "individual": "", "problem": "P-1"})

    assert nowhere.status_code == 422
    assert client.get(f"{NAME}?place=S1").status_code == 404
    assert not Event.objects.filter(kind="parties.named").exists()
