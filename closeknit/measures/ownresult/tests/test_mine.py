"""One's own result: a second thing that stands on no card, five tries, never another member of the household."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from closeknit.access.models import Reading
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.cards.actions import issue, reissue, renew_tries
from closeknit.measures.residents.tests.conftest import hidden_in, opened, sent
from closeknit.paper.models import ResultTries
from tests.town import START, WEST, Field, campaign, id_no

pytestmark = pytest.mark.django_db
ADULT = {"name": "卢兰利", "end": id_no("19620702", 1)[-4:], "second": "0702"}
CHILD = {"name": "卢小河", "end": id_no("20190501", 2)[-4:], "second": "0501"}
NOON = START + timedelta(hours=12)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


def sampled(field: Field, person: str, tube: str, pool: int, result: str = "") -> None:
    """A sample of somebody, and its result where one is named."""
    field.record("testing.sampled", person=person, data={"tube": tube, "pool": pool, "round": "r1"})
    if result:
        field.later(hours=1)
        field.record("testing.resulted", data={"tube": tube, "result": result, "lab": "L1", "tested_at": "2022-03-18T10:00:00+08:00"})


def shown(client: Client, **answers: str) -> Any:
    """The page after the answers."""
    return sent(client, "/r/mine/", **answers)


def test_x_01_somebody_without_an_account_sees_their_own_single_result(field_records, resident):
    sampled(field_records, "P1", "T1", 1, "negative")

    page = shown(resident, **ADULT)

    assert page.status_code == 200 and "Negative." in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"


def test_a_pools_result_is_told_without_a_word_of_the_others(field_records, resident):
    sampled(field_records, "P2", "T9", 10)
    sampled(field_records, "P1", "T9", 10, "positive")

    text = shown(resident, **ADULT).content.decode()

    assert "the laboratory has to look again" in text and "does not say that you are ill" in text.replace("\n", " ")
    assert "卢小河" not in text and "Positive." not in text and "T9" not in text


def test_the_latest_result_counts_and_an_open_one_says_so(field_records, resident):
    sampled(field_records, "P1", "T1", 10, "positive")
    sampled(field_records, "P1", "T2", 1)

    assert "The result is not here yet." in shown(resident, **ADULT).content.decode()


def test_with_the_right_card_nobody_sees_another_member_of_the_household(field_records, resident):
    sampled(field_records, "P1", "T1", 1, "positive")
    sampled(field_records, "P2", "T2", 1, "negative")

    mixed = [{**ADULT, "name": CHILD["name"]}, {**ADULT, "end": CHILD["end"]}, {**ADULT, "second": CHILD["second"]}]
    answers = [shown(resident, **each) for each in mixed]
    child = shown(resident, **CHILD).content.decode()

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert not any("Positive." in answer.content.decode() for answer in answers)
    assert "Negative." in child and "Positive." not in child and "卢兰利" not in child


def test_a_card_of_another_household_shows_nothing(field_records, card):
    neighbour = opened(issue([("H2", WEST)], by="ana")[0])
    sampled(field_records, "P1", "T1", 1, "negative")

    assert shown(neighbour, **ADULT).status_code == 422


def test_the_card_alone_shows_nobody(field_records, resident):
    sampled(field_records, "P1", "T1", 1, "positive")

    seen = "".join(resident.get(path).content.decode() for path in ("/r/", "/r/mine/", "/r/return/", "/r/order/"))

    assert [word for word in ("卢", "Positive.", "T1", ADULT["end"]) if word in seen] == []


def test_after_five_wrong_tries_the_right_answer_shows_nothing_until_tomorrow(field_records, resident):
    sampled(field_records, "P1", "T1", 1, "negative")

    wrong = [shown(resident, **{**ADULT, "second": f"990{number}"}).status_code for number in range(5)]
    shut = shown(resident, **ADULT)
    other = shown(resident, **CHILD)
    with clock.at(NOON + timedelta(days=1)):
        tomorrow = shown(resident, **ADULT)

    assert wrong == [422] * 5 and (shut.status_code, other.status_code, tomorrow.status_code) == (429, 200, 200)
    assert 0 < int(shut.headers["Retry-After"]) <= 24 * 3600 and "Negative." not in shut.content.decode()


def test_a_new_card_gives_no_new_tries(field_records, card):
    client = opened(card)
    for number in range(5):
        shown(client, **{**ADULT, "second": f"990{number}"})
    new = reissue(card, by="ana", reason="lost")

    assert new is not None and shown(opened(new), **ADULT).status_code == 429


def test_a_clerk_opens_it_again(field_records, card):
    client = opened(card)
    for number in range(6):
        shown(client, **{**ADULT, "second": f"990{number}"})

    assert renew_tries(card, by="ana", reason="came to the office")
    assert shown(client, **ADULT).status_code == 200
    assert [event.told()["reason"] for event in Event.objects.filter(kind="residents.tries_renewed")] == ["came to the office"]


def test_a_name_that_nobody_bears_is_answered_like_one_that_somebody_bears(field_records, resident):
    def told(name: str) -> list[tuple[int, str]]:
        answers = [shown(resident, name=name, end="1234", second="0101") for _ in range(6)]
        return [(answer.status_code, "".join(part for part in answer.content.decode().split('"') if name not in part and len(part) < 40))
                for answer in answers]  # fmt: skip

    somebody, nobody = told("卢兰利"), told("查无此")

    assert [status for status, _ in somebody] == [status for status, _ in nobody] == [422] * 5 + [429]
    assert set(ResultTries.objects.values_list("person", "wrong")) == {("P1", 5), ("", 5)}


def test_success_takes_back_only_its_own_try(field_records, resident):
    for _ in range(2):
        shown(resident, **{**ADULT, "second": "0000"})
        shown(resident, **ADULT)

    assert list(ResultTries.objects.values_list("wrong", flat=True)) == [2]


def test_each_try_is_in_the_trail_with_the_card_as_reader(field_records, resident, card):
    shown(resident, **{**ADULT, "second": "0000"})
    shown(resident, name="查无此", end="1234", second="0101")
    shown(resident, **ADULT)

    told = list(Reading.objects.filter(screen="residents.mine").order_by("pk").values_list("account", "codes", "purpose"))
    assert told == [
        (f"card:{card.number}", ["P1"], "refused"), (f"card:{card.number}", ["H1"], "refused"), (f"card:{card.number}", ["P1"], "shown"),
    ]  # fmt: skip


def test_a_telephone_that_the_village_knows_does_instead_of_the_birthday(field_records, resident):
    assert shown(resident, **{**ADULT, "second": "0001"}).status_code == 200


def test_a_poster_shows_no_personal_view(poster):
    page = opened(poster).get("/r/mine/").content.decode()

    assert 'name="end"' not in page and "household&#x27;s card only" in page


def test_what_is_due_is_told(field_records, resident):
    plan(campaign("r1", "testing.round", "persons"))

    before = shown(resident, **ADULT).content.decode()
    sampled(field_records, "P1", "T1", 10)
    after = shown(resident, **ADULT).content.decode()

    assert ("Until 2022-03-20" in before, "Done. Thank you." in before) == (True, False)
    assert "Done. Thank you." in after


def ordered(field: Field, until: str = "2022-03-25") -> Event:
    """P1 is told to stay at home, resting on a visit."""
    visit = field.record("doorknock.visited", household="H1", data={"outcome": "met"})
    data = {"measure": "home", "rule": "by_order", "order_no": "26-7", "evidence": [str(visit.id)], "until": until, "told": "paper"}
    return field.record("isolation.ordered", person="P1", data=data)


def test_iso_02_who_is_told_to_stay_at_home_gets_the_lines_and_may_object(field_records, resident):
    ordered(field_records)

    page = shown(resident, **ADULT)
    text = page.content.decode()
    assert [
        line for line in ("Until: 2022-03-25 24:00", "26-7", "of 2022-03-18.", "Call:", "Delivered:", "<textarea") if line not in text
    ] == []

    answers = {name: hidden_in(page, name) for name in ("csrfmiddlewaretoken", "grant", "form")} | {"words": "I was elsewhere that day."}
    sent_once, sent_twice = resident.post("/r/objection/", answers), resident.post("/r/objection/", answers)
    objections = Event.objects.filter(kind="isolation.objected")

    assert (sent_once.status_code, sent_twice.status_code) == (200, 200)
    assert [(event.person, event.told()) for event in objections] == [("P1", {"words": "I was elsewhere that day.", "way": "page"})]


def test_whose_order_is_over_is_told_nothing_of_it_and_neither_is_the_household(field_records, resident):
    ordered(field_records, until="2022-03-19")

    assert "Until: " not in shown(resident, **CHILD).content.decode()
    with clock.at(START + timedelta(days=3)):
        assert "You are asked to stay apart" not in shown(resident, **ADULT).content.decode()


def test_an_objection_needs_ones_own_grant(field_records, resident, poster):
    ordered(field_records)
    page = shown(resident, **ADULT)
    grant = hidden_in(page, "grant")
    stranger = opened(poster)
    token = hidden_in(stranger.get("/r/return/"), "csrfmiddlewaretoken")

    answers = {"csrfmiddlewaretoken": token, "grant": grant, "form": "x", "words": "no"}
    assert stranger.post("/r/objection/", answers).status_code == 422
    assert stranger.post("/r/objection/", {**answers, "grant": "forged"}).status_code == 422
    assert not Event.objects.filter(kind="isolation.objected").exists()
