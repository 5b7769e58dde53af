"""Where the rounds of a scheme lie, and what is kept of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from closeknit.campaigns.models import Campaign
from closeknit.kit import clock
from closeknit.measures.roundplans.rules import proposed, schemes
from closeknit.policy.packs import Policy, merged, shipped
from tests.town import START, WEST, Cast

SignIn = Callable[..., Client]
NOW = START + timedelta(days=5)
LOOK = f"/round-plans/{WEST}/article_3plus2/2022-03-25/"


def pack(name: str = "cn-covid-2022-v9") -> Policy:
    return Policy(name, 1, merged(shipped("generic"), shipped(name)))


@pytest.mark.parametrize(
    ("scheme", "days"),
    [("article_3plus2", [2, 3, 4, 6, 8]), ("national_3plus1", [2, 3, 4, 8]), ("weekly", [2, 9, 16, 23])],
)
def test_tst_02_a_scheme_tells_on_which_days_its_rounds_lie(scheme: str, days: list[int]):
    found = proposed(schemes(pack())[scheme], date(2022, 11, 2), pack())

    planned, spare = [each for each in found if not each.spare], [each for each in found if each.spare]
    assert [each.starts_at.day for each in planned] == days
    assert {(each.starts_at.hour, each.starts_at.utcoffset()) for each in found} == {(6, timedelta(hours=8))}
    assert len(spare) == 2 and spare[0].starts_at > planned[-1].ends_at


def rounds() -> list[Campaign]:
    return list(Campaign.objects.current().filter(kind="testing.round").order_by("starts_at"))


@pytest.fixture
def said(cast: Cast, sign_in: SignIn) -> Any:
    """What the page proposes, as it would be sent back."""
    with clock.at(NOW):
        ben = sign_in(cast.ben)
        page = ben.get(LOOK)
        form = page.context["form"]
        yield ben, page.content.decode(), {each.field.name: each.typed for each in form.asked if each.typed not in ("", False)}


@pytest.mark.django_db
def test_tst_02_the_scheme_is_chosen_seen_changed_and_kept(said: Any):
    ben, page, answers = said
    chosen = ben.post(f"/round-plans/{WEST}/", {"scheme": "article_3plus2", "day": "2022-03-25"})

    assert chosen["Location"] == LOOK and "原文未说明" in page
    assert rounds() == []
    answers |= {"name_2": "第二轮（改期）", "from_2": "2022-03-26T07:30", "keep_6": "on"}
    del answers["keep_5"]
    assert ben.post(LOOK, answers).status_code == 302

    assert [each.starts_at.astimezone(UTC).day for each in rounds()] == [24, 25, 26, 28, 1]
    second = rounds()[1]
    assert (second.name, second.starts_at) == ("第二轮（改期）", datetime(2022, 3, 25, 23, 30, tzinfo=UTC))
    assert {(each.area, each.targets, each.excused["under_age"]) for each in rounds()} == {(WEST, "persons", 3)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"to_2": "2022-03-26T05:00"}, "结束时间须晚于开始时间"),
        ({"name_3": ""}, "第 3 轮须填写名称"),
        ({f"keep_{n}": "" for n in range(1, 8)}, "没有勾选任何一轮"),
        ({"from_1": "2022-03-20T06:00", "to_1": "2022-03-20T20:00"}, "第 1 轮的结束时间已过"),
    ],
)
def test_tst_02_what_cannot_be_plans_nothing_and_says_why(said: Any, change: dict[str, str], why: str):
    ben, _, answers = said

    answer = ben.post(LOOK, {name: value for name, value in (answers | change).items() if value})

    assert answer.status_code == 422 and why in answer.content.decode()
    assert rounds() == []


@pytest.mark.django_db
def test_the_same_plan_sent_twice_plans_once(said: Any):
    ben, _, answers = said
    ben.post(LOOK, answers)

    again = ben.post(LOOK, answers)

    assert again.status_code == 422 and "此时已有一轮开始" in again.content.decode()
    assert len(rounds()) == 5


@pytest.mark.django_db
def test_who_does_not_plan_campaigns_plans_no_rounds(cast: Cast, sign_in: SignIn):
    assert sign_in(cast.ana).get(LOOK).status_code == 403
    assert sign_in(cast.ben).get(f"/round-plans/{WEST}/no-such/2022-03-25/").status_code == 404
