"""The officer of the day over the cold-chain posts, and the vehicles that were checked there."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.coldposts.standing import rota
from closeknit.measures.coldposts.watch import unstaffed
from closeknit.measures.command.kinds import Look
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[..., Any]
NOON = START + timedelta(hours=4)
TODAY = date(2022, 3, 18)
FIGURES = ("posts", "posts_without_officer", "vehicles_uncertified")


def the_figures(area: str = TOWN) -> tuple[Any, ...]:
    reckoned = figures(Question(area, START, NOON), "coldchain.")
    return tuple(reckoned[f"coldchain.{name}"] for name in FIGURES)


@pytest.fixture
def posts(field_records: Field) -> Field:
    """Three posts; vehicles at one of them, one without its certificates and one of whose certificates nobody said anything."""
    for code, area in (("CC1", WEST), ("CC2", WEST), ("CC3", EAST)):
        Place.objects.create(code=code, category="coldchain_post", name=f"{code}查验点", area=area, learned_at=START - timedelta(days=1))
    for said in ({"certificate": True}, {"certificate": False, "decision": "turned_away"}, {}):
        field_records.record("coldchain.vehicle_checked", place="CC1", data={"decision": "admitted", **said})
    return field_records


def set_officers(client: Any, workers: str, days: int = 3) -> Any:
    said = {"event": "0190a000-0000-7000-8000-000000000001", "day": "2022-03-18", "days": days, "workers": workers}
    with clock.at(NOON - timedelta(hours=1)):
        return client.post(f"/cold-posts/{TOWN}/officers/", said)


def test_cld_02_one_officer_a_day_goes_round_all_posts_of_the_area(posts: Field, cast: Cast, sign_in: SignIn):
    before = the_figures()
    client = sign_in(cast.ben)

    answer = set_officers(client, "镇干部\nW1")
    set_officers(client, "镇干部\nW1")
    kept = rota(TOWN, [TODAY + timedelta(days=number) for number in range(4)], NOON)

    assert (before, answer.status_code, the_figures()) == ((3, 3, 2), 302, (3, 0, 2))
    assert [kept.officers(TODAY + timedelta(days=number)) for number in range(4)] == [["W3"], ["W1"], ["W3"], []]
    assert Event.objects.filter(kind="coldchain.duty_set").count() == 3


def test_cld_02_the_nearest_and_latest_word_on_a_day_holds(posts: Field):
    for worker, area in (("W3", TOWN), ("W1", WEST), ("W2", WEST)):
        posts.later(minutes=1).push(posts.event("coldchain.duty_set", area=area, data={"day": "2022-03-18", "worker": worker}))
    kept = rota(TOWN, [TODAY], NOON)

    assert {post.code: kept.officer(post, TODAY) for post in kept.posts} == {"CC1": "W2", "CC2": "W2", "CC3": "W3"}


def test_cld_02_the_roster_counts_vehicles_by_day_and_names_nobody_but_the_officer(posts: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(NOON):
        look = Look(cast.ben, Area.objects.current().get(code=TOWN), NOON, None, policy(TOWN))
        missing = [str(case.name) for case in unstaffed(look).cases]
        set_officers(client, "W1", days=1)
        text = client.get(f"/cold-posts/{TOWN}/?as=csv").content.decode("utf-8-sig")
        page = client.get(f"/cold-posts/{TOWN}/").content.decode()

    assert missing == ["CC1查验点", "CC2查验点", "CC3查验点"]
    assert [line.split(",") for line in text.splitlines() if line.startswith("2022-03-18")] == [
        ["2022-03-18", "村干部甲", "", "3", "1", "2"]
    ]
    assert ("CC1查验点" in page, "今日各查验点" in page) == (True, True)
    assert unstaffed(look).cases == []


@pytest.mark.parametrize(("workers", "why"), [("路人", "“路人”不在本地或上级的人员名单中"), ("", "请填写“执法人员”")])
def test_cld_02_an_officer_is_a_member(posts: Field, cast: Cast, sign_in: SignIn, workers: str, why: str):
    answer = set_officers(sign_in(cast.ben), workers)

    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not Event.objects.filter(kind="coldchain.duty_set").exists()
