"""What residents send becomes one record each, unverified, whatever is sent twice, too much, or with somebody else's words in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from closeknit.kit import clock
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.record import record
from closeknit.measures.cards.actions import issue
from closeknit.measures.ownresult.tests.test_mine import ADULT, sampled
from closeknit.measures.residents.tests.conftest import hidden_in, opened, sent
from closeknit.paper.models import PageUse
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db
NOON = START + timedelta(hours=12)
RETURN = {
    "name": "卢远归",
    "phone": "19900000077",
    "origin": "湖南长沙",
    "arrived_at": "2022-03-17",
    "transport": "train",
    "risk_stay": "low",
}


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


def today(area: str = TOWN) -> dict[str, Any]:
    """The day's figures of residents."""
    found = figures(Question(area, START, START + timedelta(days=1)), "residents.")
    return {name.removeprefix("residents."): value for name, value in found.items()}


def test_ret_01_a_return_is_declared_by_card_and_waits_to_be_verified(resident, card, client, cast):
    answer = sent(resident, "/r/return/", **RETURN)

    event = Event.objects.get(kind="returnees.declared")
    assert (event.household, event.area, event.device, event.told()["way"]) == ("H1", WEST, f"resident:{card.number}", "self")
    assert event.told()["origin"] == "湖南长沙" and event.id.hex[-6:].upper() in answer.content.decode()
    client.force_login(cast.ana)
    assert "To verify" in client.get(f"/returnees/{WEST}/", headers={"accept-language": "en"}).content.decode()
    assert (today()["requests.declared"], today(EAST)["requests.declared"]) == (1, 0)


def test_ret_01_a_return_is_declared_from_a_poster_without_a_card(poster):
    client = opened(poster)

    refused = sent(client, "/r/return/", **{**RETURN, "phone": ""})
    sent(client, "/r/return/", **RETURN, address="3组12号", via="武汉、岳阳")

    assert refused.status_code == 422
    event = Event.objects.get(kind="returnees.declared")
    assert (event.household, event.area, event.told()["address"], event.told()["via"]) == ("", WEST, "3组12号", ["武汉", "岳阳"])


@pytest.mark.tokens
def test_a_form_without_its_token_is_refused(card):
    client = opened(card, strict=True)

    token = hidden_in(client.get("/r/return/"), "csrfmiddlewaretoken")

    assert client.post("/r/return/", {**RETURN, "form": "a"}).status_code == 403
    assert client.post("/r/return/", {**RETURN, "form": "a", "csrfmiddlewaretoken": token}).status_code == 200
    assert client.post("/r/", {"code": "x"}).status_code == 403


def test_a_form_that_is_sent_twice_gives_one_record_and_the_same_number(resident):
    page = resident.get("/r/return/")
    answers = {**RETURN, "form": hidden_in(page, "form")}

    first, second = (resident.post("/r/return/", answers).content for _ in range(2))
    changed = resident.post("/r/return/", {**answers, "name": "另一人"})

    assert first == second and changed.status_code == 422
    assert Event.objects.filter(kind="returnees.declared").count() == 1 and not Refusal.objects.exists()


def test_nobody_can_choose_the_number_of_somebody_elses_record(resident, field_records):
    sent(resident, "/r/return/", **RETURN)
    theirs = Event.objects.get(kind="returnees.declared")
    neighbour = opened(issue([("H2", WEST)], by="ana")[0])

    sent(neighbour, "/r/return/", **{**RETURN, "form": str(theirs.id)})

    assert Event.objects.filter(kind="returnees.declared").count() == 2 and not Refusal.objects.exists()


def test_what_somebody_types_is_shown_as_text(resident):
    answer = sent(resident, "/r/return/", **{**RETURN, "name": "<script>alert(1)</script>", "arrived_at": "never"})

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode() and "&lt;script&gt;alert" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Fill in"), ({"name": "长" * 41}, "at most 40"), ({"arrived_at": "0001-01-01"}, "takes a date"),
        ({"transport": "rocket"}, "no such choice"), ({"origin": "x" * 10_000}, "at most 80"), ({"risk_stay": "none"}, "no such choice"),
    ],
)  # fmt: skip
def test_a_wrong_answer_says_what_is_allowed_and_records_nothing(resident, wrong: dict[str, str], told: str):
    answer = sent(resident, "/r/return/", **{**RETURN, **wrong})

    assert answer.status_code == 422 and told in answer.content.decode()
    assert not Event.objects.filter(kind="returnees.declared").exists()


def test_liv_01_packs_are_ordered_for_the_household_of_the_card(resident):
    answer = sent(resident, "/r/order/", pack_vegetable="2", pack_fruit="1", pack_meat="0")

    events = Event.objects.filter(kind="supplies.ordered").order_by("data__pack")
    assert [(event.household, event.data) for event in events] == [
        ("H1", {"pack": "fruit", "quantity": 1, "channel": "app"}), ("H1", {"pack": "vegetable", "quantity": 2, "channel": "app"}),
    ]  # fmt: skip
    assert answer.status_code == 200 and today()["requests.ordered"] == 2


@pytest.mark.parametrize(
    ("wrong", "told"), [({}, "at least one pack"), ({"pack_fruit": "11"}, "above 10"), ({"pack_fruit": "-1"}, "below 0")]
)
def test_an_order_of_nothing_of_too_much_or_of_less_than_nothing_is_refused(resident, wrong: dict[str, str], told: str):
    answer = sent(resident, "/r/order/", **wrong)

    assert answer.status_code == 422 and told in answer.content.decode()
    assert not Event.objects.filter(kind="supplies.ordered").exists()


def test_liv_06_help_is_asked_for_and_danger_is_told_to_call_first(resident, poster):
    page = resident.get("/r/help/").content.decode()
    sent(resident, "/r/help/", matter="medicine", urgency="urgent", words="断药两天", phone="19900000001")
    at_poster = opened(poster)
    nowhere = sent(at_poster, "/r/help/", matter="food", urgency="normal")
    sent(at_poster, "/r/help/", matter="food", urgency="normal", phone="19900000099", where="渡口旧船坞")

    assert page.index("Is somebody in danger? Call 120 first.") < page.index('<form method="post" class="form"')
    asked = Event.objects.filter(kind="care.help_requested").order_by("arrival")
    told = [(event.household, event.told()["matter"], event.told()["way"]) for event in asked]
    assert told == [("H1", "medicine", "page"), ("", "food", "poster")] and nowhere.status_code == 422
    assert today()["requests.help"] == 2


def test_a_poster_takes_no_order(poster):
    page = opened(poster).get("/r/order/")

    assert "household&#x27;s card" in page.content.decode() and "pack_fruit" not in page.content.decode()


def test_more_forms_than_the_pack_allows_have_to_wait(resident):
    answers = [sent(resident, "/r/return/", **{**RETURN, "name": f"返乡人{number}"}).status_code for number in range(13)]

    assert answers == [200] * 12 + [429]
    assert Event.objects.filter(kind="returnees.declared").count() == 12


def test_a_whole_village_may_declare_at_one_poster_behind_one_address(poster):
    answers = {sent(opened(poster), "/r/return/", **RETURN, address=f"{number}号").status_code for number in range(20)}

    assert answers == {200}


def test_ret_03_the_areas_that_are_of_a_risk_class_are_named_where_it_is_asked(resident):
    record("returnees.risk_area_set", by="ben", area=TOWN, data={"where": "长沙市雨花区", "level": "high", "from": "2022-03-14"})
    over = {"where": "岳阳市君山区", "level": "high", "from": "2022-03-01", "until": "2022-03-10"}
    record("returnees.risk_area_set", by="ben", area=TOWN, data=over)

    page = resident.get("/r/return/").content.decode()

    assert "Listed now: 长沙市雨花区 (High)" in page and "岳阳" not in page


def test_an_order_says_until_when_and_with_which_round(resident):
    assert "What is ordered until 03-19 18:00 is brought with the round of 2022-03-19." in resident.get("/r/order/").content.decode()


def test_without_a_card_every_page_leads_to_the_code(field_records):
    answers = {path: Client().get(path) for path in ("/r/return/", "/r/help/", "/r/order/", "/r/mine/")}

    assert {answer.headers.get("Location") for answer in answers.values()} == {"/r/"}


def test_who_is_done_leaves_nothing_behind_on_a_shared_phone(resident):
    resident.post("/r/leave/")

    assert 'name="code"' in resident.get("/r/").content.decode()


def test_x_01_a_worker_does_it_for_a_household_and_the_record_says_so(cast, client, field_records):
    client.force_login(cast.ana)
    client.cookies["django_language"] = "en"

    begun = client.post("/residents/for/H2/")
    page = client.get("/r/").content.decode()
    sent(client, "/r/return/", **RETURN)
    sent(client, "/r/order/", pack_fruit="1")

    assert begun.headers["Location"] == "/r/" and "You do this for household H2" in page
    told = [(event.kind, event.household, event.member, event.device, event.told().get("way") or event.data.get("channel"))
            for event in Event.objects.order_by("arrival")]  # fmt: skip
    assert told == [
        ("returnees.declared", "H2", "W1", "helper:ana", "in_person"), ("supplies.ordered", "H2", "W1", "helper:ana", "door"),
    ]  # fmt: skip
    assert (today()["helped"], today()["requests.declared"], today()["requests.ordered"]) == (2, 0, 0)


def test_a_helper_sees_no_result_without_the_persons_own_answers(cast, client, field_records):
    sampled(field_records, "P1", "T1", 1, "negative")
    client.force_login(cast.ana)
    client.post("/residents/for/H1/")

    page = client.get("/r/mine/").content.decode()
    answered = sent(client, "/r/mine/", **ADULT)

    assert "阴性" not in page and "阴性" in answered.content.decode()


def test_nobody_helps_outside_their_area_or_without_the_role(cast, client, field_records):
    client.force_login(cast.dov)
    assert client.post("/residents/for/H1/").status_code == 404
    client.force_login(cast.chen)
    assert client.post("/residents/for/H1/").status_code == 403


def test_the_form_on_paper_asks_the_same(client, resident):
    paper = resident.get("/r/paper/").content.decode()

    assert [word for word in ("Comes from", "Day of arrival", "Which packs", "Why you object", "Signature") if word not in paper] == []


def test_use_is_counted_and_nobody_is_named(resident, card):
    sent(resident, "/r/return/", **RETURN)

    assert set(PageUse.objects.values_list("area", "what", "number")) == {(WEST, "opened", 1), (WEST, "declared", 1)}


def test_the_figure_of_cards_is_a_state_as_it_was_known(field_records: Field, card):
    issued = today()["cards"]
    before = figures(Question(TOWN, START, START + timedelta(days=1), as_of=NOON - timedelta(hours=1)), "residents.")["residents.cards"]

    assert (issued, before, today(EAST)["cards"]) == (1, 0, 0)
