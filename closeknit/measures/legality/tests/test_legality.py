"""A second office samples acts: a draw that anybody can make again, reviews by somebody else, acts set aside beside acts made."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import Look
from closeknit.measures.inspections.kinds import act_code
from closeknit.measures.legality.drawing import again
from closeknit.measures.legality.watch import waiting
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)
CODES = {act_code(run, place, action) for run, place, action in (("r1", "S1", "close"), ("r1", "S2", "seal"), ("r2", "S2", "rectify"))}


@pytest.fixture
def acts(field_records: Field) -> Iterator[Field]:
    """Three acts of two villages, one of them by the county's own inspector."""
    field_records.record("inspections.inspected", place="S1", data={"run": "r1", "actions": ["close"], "findings": ["聚集"]})
    field_records.record("inspections.inspected", place="S2", area=EAST, data={"run": "r1", "actions": ["seal"]})
    field_records.record("inspections.inspected", place="S2", area=EAST, data={"run": "r2", "actions": ["rectify"]}, member="W3")
    with clock.at(NOW):
        yield field_records


@pytest.fixture
def lia(cast: Cast) -> Account:
    """Who samples for the county."""
    return account("lia", "county_supervisor", "990101", member="W3")


def drawn(client: Any, percent: int = 100) -> Event:
    answer = client.post(f"/legality/{TOWN}/draw/", {"event": str(uuid4()), "from_day": "2022-03-01", "percent": percent})
    assert answer.status_code == 302, answer.content.decode()
    return Event.objects.filter(kind="legality.drawn").latest("arrival")


def review(client: Any, act: str, place: str, **said: Any) -> Any:
    return client.post(f"/act-review/{act}/{place}/", {"event": str(uuid4()), "reason": "见卷宗", **said})


def test_enf_10_a_draw_can_be_made_again_whatever_came_since(acts: Field, lia: Account, sign_in: SignIn):
    client = sign_in(lia)
    event, third = drawn(client), drawn(client, 1)
    acts.later(hours=9).record("inspections.inspected", place="S1", data={"run": "r9", "actions": ["seal"]})
    page = client.get(f"/legality-draw/{event.id}/?again=1").content.decode()
    event.data["acts"] = event.data["acts"][1:]

    assert (set(Event.objects.get(id=event.id).data["acts"]), event.data["among"], len(third.data["acts"])) == (CODES, 3, 1)
    assert "重抽核对：名单与抽中处置一致。" in page
    assert (again(Event.objects.get(id=event.id)), again(event)) == (True, False)


def test_enf_10_a_review_sets_an_act_aside_and_it_counts_beside_those_made(acts: Field, lia: Account, cast: Cast, sign_in: SignIn):
    client = sign_in(lia)
    event = drawn(client)
    close, fix = act_code("r1", "S1", "close"), act_code("r2", "S2", "rectify")
    bare = review(client, close, "S1", outcome="set_aside")
    aside = review(client, close, "S1", outcome="set_aside", grounds=["no_power"])
    own = review(client, fix, "S2", outcome="legal")
    counted = figures(Question(TOWN, START, NOW + timedelta(hours=1)), "inspections.", "legality.")
    page = client.get(f"/legality/{TOWN}/").content.decode()
    act = sign_in(cast.ben).get(f"/act/{close}/S1/").content.decode()

    assert (bare.status_code, "请选择撤销事由" in bare.content.decode(), aside.status_code) == (422, True, 302)
    assert (own.status_code, "该处置由您作出，须由其他机关人员审查。" in own.content.decode()) == (422, True)
    names = ("inspections.acts", "inspections.set_aside", "legality.reviewed", "legality.set_aside", "legality.waiting")
    assert [counted[name] for name in names] == [3, 1, 1, 1, 2]
    assert re.findall(r'data-label="撤销">(\d)', page)[:4] == ["0", "1", "0", "0"], "correct, close, seal, penalise"
    assert "已撤销，不再具有约束力" in act
    assert sign_in(lia).get(f"/legality-draw/{event.id}/").content.decode().count("act-review") == 2


def test_what_was_drawn_and_not_reviewed_stands_on_the_board_after_the_packs_days(acts: Field, lia: Account, sign_in: SignIn):
    drawn(sign_in(lia))
    area, pack = Area.objects.current().get(code="990101"), policy("990101")
    seen = [waiting(Look(lia, area, NOW + timedelta(days=days), None, pack)) for days in (6, 7)]

    assert [[case.number for case in each.cases] for each in seen] == [[], [3]]


def test_where_nothing_was_ordered_nothing_is_drawn_and_the_form_says_so(cast: Cast, lia: Account, sign_in: SignIn):
    with clock.at(NOW):
        answer = sign_in(lia).post(f"/legality/{TOWN}/draw/", {"event": str(uuid4()), "from_day": "2022-03-01", "percent": 10})

    assert (answer.status_code, "该期间没有处置" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ben", f"/legality/{TOWN}/", 200), ("ben", f"/legality/{TOWN}/draw/", 403), ("ana", f"/legality/{WEST}/", 403),
     ("dov", f"/legality/{TOWN}/", 404), ("ben", f"/act-review/{act_code('r1', 'S1', 'close')}/S1/", 403)],
)  # fmt: skip
def test_who_makes_acts_does_not_sample_them(acts: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status


@pytest.mark.parametrize("wrong", [{"places": ["S1", "S2"]}, {"from_day": "2022-02-16T00:00:00+08:00"}])
def test_a_draw_from_outside_has_a_place_for_each_act_and_bare_days(field_records: Field, wrong: dict[str, Any]):
    data = {"seed": "ab", "salt": "9f", "day": "2022-03-18", "from_day": "2022-02-16", "of": "cd", "among": 1, "share": 0.1}
    event = field_records.event("legality.drawn", area=TOWN, data={**data, "acts": ["3f2a9c01b7de"], "places": ["S1"], **wrong})

    assert [answer.status for answer in field_records.push(event)] == ["rejected"]
