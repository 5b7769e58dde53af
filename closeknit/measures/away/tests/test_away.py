"""Residents who stay elsewhere or leave: called in turn until they come back, tested where they ask for it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.town import EAST, START, TOWN, WEST, Cast, Field

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(field_records: Field) -> Iterator[Field]:
    """Three stay elsewhere; one was reached today, one eight days ago, one never."""
    said = {"where": "浙江省温岭市", "since": "2021-02-20", "phone": "13800000001"}
    for person, area in (("P1", WEST), ("P3", WEST), ("P5", EAST)):
        field_records.record("returnees.stays_away", area=area, person=person, data=said)
    field_records.record("returnees.contacted", person="P1", data={"outcome": "reached"})
    later = field_records.later(days=8)
    later.record("returnees.contacted", person="P3", data={"outcome": "reached", "plans_return": "2022-04-05"})
    with clock.at(START + timedelta(days=8, hours=3)):
        yield later


def listed(client: Any, path: str) -> list[dict[str, str]]:
    heading, *rows = [line.split(",") for line in client.get(path).content.decode("utf-8-sig").splitlines()]
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_ret_06_who_stays_elsewhere_is_listed_longest_without_a_word_first(away: Field, cast: Cast, sign_in: Any):
    client = sign_in(cast.ben)
    rows = listed(client, f"/away/{TOWN}/?as=csv")

    assert [(row["姓名"], row["最近联系"], row["计划返回"]) for row in rows] == [
        ("喆𬱖", "未联系", ""), ("卢兰利", "已联系", ""), ("单田芳", "已联系", "2022-04-05"),
    ]  # fmt: skip
    assert [row["姓名"] for row in listed(client, f"/away/{TOWN}/?as=csv&due=1")] == ["喆𬱖", "卢兰利"]
    assert Reading.objects.filter(screen="away.list", codes=["P1", "P3", "P5"]).exists()


def test_ret_06_one_press_records_a_call_and_one_takes_it_back(away: Field, cast: Cast, sign_in: Any):
    client = sign_in(cast.ana)
    press = {"event": str(uuid4()), "person": "P1", "outcome": "wrong_number"}
    client.post(reverse("away.contact", args=[WEST]), press)

    assert listed(client, f"/away/{WEST}/?as=csv")[1]["最近联系"] == "号码有误"
    assert client.post(reverse("away.contact", args=[WEST]), {**press, "event": str(uuid4()), "person": "P5"}).status_code == 404
    client.post(reverse("records.undo", args=[press["event"]]))
    assert Event.objects.filter(kind="returnees.contacted", superseded_at=None).count() == 2


@pytest.mark.parametrize("kind", ["returnees.declared", "returnees.stays_away"])
def test_ret_06_who_is_back_leaves_the_list(away: Field, cast: Cast, sign_in: Any, kind: str):
    said = {
        "returnees.declared": {"name": "卢兰利", "origin": "温岭", "arrived_at": "2022-03-26"},
        "returnees.stays_away": {"where": "温岭", "back": True},
    }
    away.record(kind, person="P1", data=said[kind])

    assert [row["姓名"] for row in listed(sign_in(cast.ana), f"/away/{WEST}/?as=csv")] == ["单田芳"]


def test_ret_05_who_leaves_and_asks_for_a_test_is_listed_until_tested(away: Field, cast: Cast, sign_in: Any):
    away.record("returnees.leaving", person="P4", data={"where": "温岭", "leaves_at": "2022-03-28", "test_wanted": True})
    away.record("returnees.leaving", person="P3", data={"where": "长沙", "leaves_at": "2022-03-28"})
    client = sign_in(cast.ana)
    assert [row["姓名"] for row in listed(client, f"/away/{WEST}/leaving/?as=csv&state=wanted")] == ["尉迟恭"]
    away.later(hours=1).record("testing.sampled", person="P4", data={"tube": "T1", "pool": 1})

    assert listed(client, f"/away/{WEST}/leaving/?as=csv&state=wanted") == []
    assert sorted(row["自愿检测"] for row in listed(client, f"/away/{WEST}/leaving/?as=csv")) == ["", "已检测"]


def test_the_empty_lists_say_what_to_do_first(cast: Cast, sign_in: Any):
    client = sign_in(cast.ana)

    assert "登记在外居住的本地居民" in client.get(f"/away/{WEST}/").content.decode()
    assert "可申请自愿检测" in client.get(f"/away/{WEST}/leaving/").content.decode()
