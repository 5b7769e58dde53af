"""A share of the settled doors is called back by somebody else: drawn so that anybody can draw it again."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.campaigns.lots import drawn, seed
from closeknit.campaigns.models import Campaign
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.measures.recheck.draws import Draw, drawn_again
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

NOW = START + timedelta(hours=3)
SignIn = Callable[..., Any]


@pytest.fixture
def settled(cast: Cast, field_records: Field) -> Field:
    """Three settled doors, one of them by Ana's own hand, and one that refused."""
    field_records.record("doorknock.visited", household="H1", member="W1", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H2", member="W9", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H4", member="W2", area=EAST, data={"outcome": "vacant"})
    field_records.record("doorknock.visited", household="H5", member="W2", area=EAST, data={"outcome": "refused"})
    return field_records


@pytest.fixture
def chief(cast: Cast) -> Any:
    """A supervisor of the county."""
    return account("eva", "county_supervisor", "990101")


def draw(client: Any, area: str = TOWN, **rest: str) -> Event:
    with clock.at(NOW):
        answer = client.post(f"/doorknock/{area}/recheck/draw/", {"event": str(uuid7()), **rest})
    assert answer.status_code == 302, answer
    return Event.objects.get(kind="doorknock.recheck_drawn")


def call(client: Any, made: Event, household: str, outcome: str, **rest: str) -> Any:
    with clock.at(NOW + timedelta(minutes=5)):
        sent = {"event": str(uuid7()), "household": household, "outcome": outcome, **rest}
        return client.post(f"/doorknock/{made.area}/recheck/{made.id}/", sent, follow=True)


def test_the_draw_is_written_down_with_all_that_it_takes_to_draw_again(settled: Field, chief: Any, sign_in: SignIn):
    made = draw(sign_in(chief))

    assert (made.area, made.data["campaign"], made.data["share"], made.data["count"]) == (TOWN, "sweep", 0.05, 1)
    assert made.data["seed"] == seed("sweep", TOWN, "2022-03-18", made.data["salt"])
    assert made.data["households"] == drawn(["H1", "H2", "H4"], made.data["seed"], 0.05)


def test_drawing_again_gives_the_same_list_whatever_came_since(settled: Field, chief: Any, sign_in: SignIn):
    made = draw(sign_in(chief))
    settled.later(hours=5).record("doorknock.visited", household="H5", area=EAST, data={"outcome": "met"})
    settled.record("doorknock.visited", household=made.data["households"][0], data={"outcome": "refused"})

    assert drawn_again(Draw(made), Campaign.objects.get(code="sweep")) == made.data["households"]
    with clock.at(NOW + timedelta(hours=9)):
        page = sign_in(chief).get(f"/doorknock/{TOWN}/recheck/?again=1").content.decode()
    assert "用同一种子重抽，结果一致，共 1 户。" in page and made.data["seed"] in page


def test_the_same_form_draws_once(settled: Field, chief: Any, sign_in: SignIn):
    event = str(uuid7())
    draw(sign_in(chief), event=event)
    sign_in(chief).post(f"/doorknock/{TOWN}/recheck/draw/", {"event": event})

    assert Event.objects.filter(kind="doorknock.recheck_drawn").count() == 1


def test_where_nothing_is_settled_nothing_is_drawn_and_the_page_says_so(cast: Cast, chief: Any, sign_in: SignIn):
    with clock.at(NOW):
        answer = sign_in(chief).post(f"/doorknock/{TOWN}/recheck/draw/", {"event": str(uuid7())}, follow=True)

    assert "本辖区尚无已落实户" in answer.content.decode()


@pytest.fixture
def made(settled: Field) -> Event:
    """A draw of all three settled doors."""
    data = {"campaign": "sweep", "day": "2022-03-18", "salt": "x", "seed": "y", "share": 1, "count": 3, "households": ["H1", "H2", "H4"]}
    return settled.record("doorknock.recheck_drawn", area=TOWN, data=data)


def test_a_call_is_written_down_and_agreement_stands_by_village(made: Event, chief: Any, sign_in: SignIn):
    for household, outcome in (("H1", "agrees"), ("H2", "differs"), ("H4", "not_reached")):
        call(sign_in(chief), made, household, outcome)
    with clock.at(NOW + timedelta(hours=1)):
        page = sign_in(chief).get(f"/doorknock/{TOWN}/recheck/").content.decode()
    reckoned = figures(Question(TOWN, START, START + timedelta(days=1)), "doorknock.")
    cells = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in re.findall(r"<tr><th.*?</tr>", page)[1:]]

    assert cells == [["2", "1", "1", "0", "50%"], ["1", "0", "0", "1", "—"]]
    assert (reckoned["doorknock.rechecked"], reckoned["doorknock.recheck_agreed"]) == (2, 1)


def test_areas_where_nobody_was_called_stand_in_one_line(made: Event, chief: Any, sign_in: SignIn):
    none = sign_in(chief).get(f"/doorknock/{TOWN}/recheck/").content.decode()
    call(sign_in(chief), made, "H1", "agrees")
    some = sign_in(chief).get(f"/doorknock/{TOWN}/recheck/").content.decode()

    assert "2 个辖区尚未回访：西坪村 2、东岭村 1" in none and "<tbody>" not in none
    assert "1 个辖区尚未回访：东岭村 1" in some
    assert re.findall(r"<tr><th scope=.row.[^>]*>([^<]*)", some) == ["西坪村"]


def test_the_button_says_who_drew_and_when(settled: Field, chief: Any, sign_in: SignIn):
    before = sign_in(chief).get(f"/doorknock/{TOWN}/recheck/").content.decode()
    draw(sign_in(chief))
    after = sign_in(chief).get(f"/doorknock/{TOWN}/recheck/").content.decode()

    assert ("抽取</button>" in before, "Eva 已于 2022-03-18 11:00 抽取，再抽一批</button>" in after) == (True, True)


def test_whoever_made_the_visit_does_not_call_back(made: Event, cast: Cast, sign_in: SignIn):
    with clock.at(NOW):
        page = sign_in(cast.ben).get(f"/doorknock/{TOWN}/recheck/").content.decode()
    answer = call(sign_in(account("ann", "town_clerk", TOWN, member="W1")), made, "H1", "agrees")

    assert "该户由您本人走访，须由他人回访。" in answer.content.decode()
    assert Event.objects.filter(kind="doorknock.rechecked").count() == 0
    assert 'href="tel:19900000001"' in page


def test_a_call_of_the_visitors_own_that_a_device_sends_is_kept_and_does_not_count(
    made: Event, settled: Field, chief: Any, sign_in: SignIn
):
    call(sign_in(chief), made, "H4", "differs")
    for household, member in (("H1", "W1"), ("H4", "W2")):
        settled.later(hours=4).record(
            "doorknock.rechecked", household=household, member=member, data={"outcome": "agrees", "draw": str(made.id)}
        )

    reckoned = figures(Question(TOWN, START, START + timedelta(days=1)), "doorknock.")

    assert Event.objects.filter(kind="doorknock.rechecked", superseded_at=None).count() == 3
    assert (reckoned["doorknock.rechecked"], reckoned["doorknock.recheck_agreed"]) == (1, 0)
    with clock.at(NOW + timedelta(hours=12)):
        page = sign_in(chief).get(f"/doorknock/{TOWN}/recheck/").content.decode()
    assert [re.findall(r"<td[^>]*>([^<]*)</td>", row)[1:3] for row in re.findall(r"<tr><th.*?</tr>", page)[1:]] == [["0", "1"]]


@pytest.mark.parametrize(
    ("household", "sent", "said"),
    [("H5", {"outcome": "agrees"}, "该户不在抽取名单内"), ("H1", {"outcome": "agrees", "said": "absent"}, "请选“与走访不符”")],
)
def test_a_call_that_cannot_be_is_refused_with_what_to_do(made: Event, chief: Any, sign_in: SignIn, household: str, sent: Any, said: str):
    assert said in call(sign_in(chief), made, household, **sent).content.decode()
    assert Event.objects.filter(kind="doorknock.rechecked").count() == 0


def test_a_call_is_taken_back_like_any_record(made: Event, chief: Any, sign_in: SignIn):
    call(sign_in(chief), made, "H1", "agrees")
    called = Event.objects.get(kind="doorknock.rechecked")
    with clock.at(NOW + timedelta(minutes=5, seconds=8)):
        sign_in(chief).post(f"/record/undo/{called.id}/")

    assert Event.objects.get(id=called.id).superseded_at is not None


@pytest.mark.parametrize(
    ("who", "area", "sees", "draws"),
    [("ana", WEST, 200, 403), ("ana", TOWN, 404, 403), ("ben", TOWN, 200, 302), ("chen", TOWN, 403, 403), ("dov", TOWN, 404, 404)],
)
def test_who_may_draw_and_who_may_call(made: Event, cast: Cast, sign_in: SignIn, who: str, area: str, sees: int, draws: int):
    client = sign_in(getattr(cast, who))

    assert client.get(f"/doorknock/{area}/recheck/").status_code == sees
    assert client.post(f"/doorknock/{area}/recheck/draw/", {"event": str(uuid7())}).status_code == draws


def test_whom_the_list_shows_is_written_to_the_trail(made: Event, cast: Cast, sign_in: SignIn):
    sign_in(cast.ben).get(f"/doorknock/{TOWN}/recheck/")

    assert [(row.account, row.codes, row.purpose) for row in Reading.objects.all()] == [("ben", ["H1", "H2", "H4"], "recheck")]
