"""Stock as moves: what stands, what is below its minimum, the round that refills it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.stock.levels import places
from closeknit.measures.stock.rules import contradicts, route
from closeknit.measures.supplies.kinds import levels
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figure
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

NOON = START + timedelta(hours=4)


def move(field: Field, quantity: int, reason: str = "received", *, place: str = "S1", item: str = "口罩") -> Event:
    return field.record("supplies.stock_moved", place=place, data={"item": item, "quantity": quantity, "reason": reason})


def least(field: Field, quantity: int, *, place: str = "S1", item: str = "口罩") -> Event:
    return field.record("supplies.minimum_set", place=place, data={"item": item, "quantity": quantity})


def stock(area: str = TOWN, **rest: Any) -> dict[tuple[str, str], tuple[int, int | None]]:
    return {(each.place, each.item): (each.stock, each.minimum) for each in levels(places(area), **rest)}


def value(name: str, *, end: datetime = START + timedelta(days=1), as_of: datetime | None = None) -> Any:
    question = Question(TOWN, START, end, as_of)
    found = figure(name, question)
    return found.rows(question).value() if found else None


@pytest.fixture
def page(ben: Any):
    def opened(screen: str, part: str, **query: str) -> str:
        with clock.at(NOON):
            return ben.get(reverse(screen, args=[part]), query).content.decode()

    return opened


@pytest.mark.django_db
def test_sup_01_stock_is_the_sum_of_its_moves_and_no_number_that_is_kept(field_records: Field):
    move(field_records, 500)
    wrong = move(field_records, -200, "issued")
    move(field_records, -12, "counted", item=" 口罩 ")
    least(field_records, 400)
    move(field_records, 30, place="S2", item="体温计")
    field_records.record("ledger.voided", corrects=str(wrong.id), data={"reason": "重复"})

    assert stock() == {("S1", "口罩"): (488, 400), ("S2", "体温计"): (30, None)}
    assert (stock(WEST), stock(EAST)) == ({("S1", "口罩"): (488, 400)}, {("S2", "体温计"): (30, None)})


@pytest.mark.django_db
def test_sup_01_what_is_below_its_minimum_becomes_a_refill_round(field_records: Field, page):
    least(field_records, 400)
    move(field_records, 100)
    least(field_records, 10, place="S2", item="体温计")
    move(field_records, 50, place="CP1")
    text = page("stock.refill", TOWN)

    rows = [cell.partition(">")[2].partition("<")[0] for cell in text.split('data-label="To bring"')[1:]]
    assert rows == ["300", "10"] and "河街商店" in text and "渡口卡点" not in text
    assert (value("supplies.stock_low"), value("supplies.stock_items"), value("supplies.stock_negative")) == (2, 2, 0)
    assert "Stock below its minimum: 2" in page("command.board", TOWN)


@pytest.mark.django_db
def test_the_latest_minimum_counts_and_none_takes_it_away(field_records: Field):
    least(field_records, 400)
    least(field_records.later(minutes=1), 0)

    assert stock() == {("S1", "口罩"): (0, 0)}
    assert value("supplies.stock_low") == 0


@pytest.mark.django_db
def test_a_stock_that_falls_below_zero_is_flagged_and_not_lost(field_records: Field, page):
    move(field_records, -5, "issued")

    assert "Below zero" in page("stock.places", TOWN) and "Below zero" in page("stock.place", "S1")
    assert value("supplies.stock_negative") == 1
    assert "口罩: -5 of 0" in page("command.board", TOWN)


@pytest.mark.django_db
def test_a_form_refuses_a_sign_that_contradicts_the_reason_and_a_phones_record_is_flagged(field_records: Field, ben: Any, page):
    said = {"ref_place": "S1", "item": "口罩", "quantity": "20", "reason": "issued"}
    with clock.at(NOON):
        answer = ben.post(reverse("records.record", args=["supplies.stock_moved"]), said)
    move(field_records, 20, "issued")

    assert answer.status_code == 422 and "issued or spoiled is negative" in answer.content.decode()
    assert "Sign and reason disagree" in page("stock.place", "S1")
    assert stock() == {("S1", "口罩"): (20, None)}


@pytest.mark.django_db
def test_sup_02_a_service_post_has_its_stock_like_any_place(field_records: Field, page):
    with clock.at(START):
        Place.objects.create(code="SP1", category="service_post", name="爱心驿站", area=WEST, learned_at=START)
    move(field_records, 40, place="SP1", item="饮用水")

    text = page("stock.places", TOWN, category="service_post")
    assert "饮用水" in text and "Service post" in text


@pytest.mark.django_db
def test_a_state_of_stock_as_it_was_known(field_records: Field):
    move(field_records, 5)
    late = move(field_records.later(hours=3), -9, "issued")

    assert value("supplies.stock_negative", as_of=late.received_at - timedelta(minutes=1)) == 0
    assert value("supplies.stock_negative", end=late.at) == 0
    assert value("supplies.stock_negative") == 1


@pytest.mark.django_db
def test_an_area_without_stock_says_what_to_do_first(page):
    assert "No stock is recorded here yet" in page("stock.places", TOWN)


@pytest.mark.parametrize(
    ("reason", "quantity", "wrong"),
    [("received", 5, False), ("received", -5, True), ("issued", -5, False), ("issued", 5, True), ("spoiled", 1, True),
     ("counted", -3, False), ("counted", 3, False), ("counted", 0, True)],
)  # fmt: skip
def test_a_sign_and_a_reason(reason: str, quantity: int, wrong: bool):
    assert contradicts(reason, quantity) is wrong


def test_a_round_goes_by_area_and_from_each_place_to_the_nearest():
    stops = [("A", 1, 0.0, 0.0), ("B", 1, 0.0, 9.0), ("C", 1, 0.0, 2.0), ("E", 2, None, None), ("D", 2, 1.0, 1.0)]

    assert route(stops) == ["A", "C", "B", "D", "E"]


def test_the_stock_stands_in_the_bar_of_a_phone(cast: Cast, client: Any):
    client.force_login(account("clerk", "supply_clerk", TOWN))
    page = client.get("/").content.decode()

    assert f'href="/stock/{TOWN}/"' in page.split('class="phone-bar')[1].split("</nav>")[0]
