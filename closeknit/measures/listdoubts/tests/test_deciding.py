"""What waits for a person: who is meant, which village, what a colour means; one press each, and back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.lists.kinds import Item
from tests.town import EAST, START, TOWN, WEST, Cast, Field

pytestmark = pytest.mark.django_db
NOW = START + timedelta(hours=9)
DOUBT, LOST, RED = (str(UUID(int=number, version=4)) for number in (1, 2, 3))


@pytest.fixture
def ben(field_records: Field, client: Any, cast: Cast) -> Iterator[Any]:
    """An item that may be P3 or P5, one without a village, and two with a colour that no table knows."""
    said = {"list": "县推-0318", "source": "colour", "phone": "19900000003"}
    field_records.record("lists.pushed", id=DOUBT, data={**said, "name": "山田芳"})
    field_records.record("lists.matched", data={"item": DOUBT, "how": "doubtful", "candidates": ["P3", "P5"]})
    field_records.record("lists.pushed", id=LOST, area=TOWN, data={**said, "name": "无处人", "address": "东岭一带", "colour": "红绿码"})
    field_records.record("lists.pushed", id=RED, area=EAST, data={**said, "name": "红绿人", "colour": "红绿码"})
    client.force_login(cast.ben)
    with clock.at(NOW):
        yield client


def decide(client: Any, item: str, **said: str) -> Any:
    return client.post(reverse("lists.decide", args=[item]), {"event": str(uuid4()), **said})


def test_lst_01_a_doubtful_pair_stands_side_by_side_and_both_readings_are_kept(ben: Any):
    page = ben.get(reverse("lists.pairs", args=[TOWN])).content.decode()

    assert "山＊＊" in page and "单＊＊" in page and "姓名同音" in page and "电话相同" in page
    assert "19900000003" not in page and "单田芳" not in page
    assert Reading.objects.get(screen="lists.pairs").codes == sorted([f"item:{DOUBT}", "P3", "P5"])


def test_lst_01_one_press_says_who_it_is_and_one_takes_it_back(ben: Any):
    decide(ben, DOUBT, do="same", person="P5")

    item = Item.objects.get(topic=DOUBT)
    assert (item.person, item.household, item.how, item.area) == ("P5", "H4", "decided", EAST)
    ben.post(reverse("records.undo", args=[Event.objects.get(kind="lists.matched", person="P5").id]))
    assert Item.objects.get(topic=DOUBT).how == "doubtful"


def test_lst_01_none_of_them_leaves_it_to_the_village(ben: Any):
    decide(ben, DOUBT, do="none")

    item = Item.objects.get(topic=DOUBT)
    assert (item.person, item.how, item.state, item.area) == ("", "decided", "open", WEST)


def test_lst_01_what_is_not_ours_goes_back_with_the_reason(ben: Any):
    decide(ben, DOUBT, do="return", reason="not_ours")

    assert Item.objects.get(topic=DOUBT).state == "returned"
    assert Event.objects.get(kind="lists.returned").data["reason"] == "not_ours"


def test_somebody_outside_ones_area_cannot_be_chosen(ben: Any):
    decide(ben, DOUBT, do="same", person="P7")

    assert Item.objects.get(topic=DOUBT).how == "doubtful"


@pytest.mark.parametrize("said", [{}, {"do": "guess"}, {"do": "none", "event": "x"}])
def test_a_press_that_says_nothing_is_refused(ben: Any, said: dict[str, str]):
    assert decide(ben, DOUBT, **said).status_code == 400


def test_lst_01_an_item_without_a_village_is_given_to_one(ben: Any):
    page = ben.get(reverse("lists.places", args=[TOWN])).content.decode()
    assert "东岭一带" in page and "山＊＊" not in page
    decide(ben, LOST, do="assign", area=EAST)

    assert Item.objects.get(topic=LOST).area == EAST
    assert "东岭一带" not in ben.get(reverse("lists.places", args=[TOWN])).content.decode()
    assert decide(ben, LOST, do="assign", area="990102101201").status_code == 404


def test_lst_07_a_person_decides_what_a_word_means_for_all_who_bear_it(ben: Any):
    assert "2 条" in ben.get(reverse("lists.colours", args=[TOWN])).content.decode()
    ben.post(reverse("lists.colours", args=[TOWN]), {"written": "红绿码", "colour": "yellow"})

    assert set(Item.objects.exclude(topic=DOUBT).values_list("colour", "colour_doubtful")) == {("yellow", False)}
    assert "暂无待判颜色" in ben.get(reverse("lists.colours", args=[TOWN])).content.decode()


def test_a_village_does_not_decide_for_the_town(ben: Any, client: Any, cast: Cast):
    client.force_login(cast.ana)

    assert client.get(reverse("lists.pairs", args=[WEST])).status_code == 403
    assert decide(client, DOUBT, do="none").status_code == 403


def test_one_item_can_be_decided_on_its_own_page(ben: Any):
    page = ben.get(reverse("lists.decide", args=[DOUBT])).content.decode()

    assert "山＊＊" in page and 'value="assign"' in page and "信息不足" in page


def test_the_pairs_cost_as_many_statements_for_many_as_for_one(ben: Any, field_records: Field, django_assert_max_num_queries):
    for _ in range(9):
        item = str(uuid4())
        field_records.record("lists.pushed", id=item, data={"list": "L", "source": "county", "name": "试"})
        field_records.record("lists.matched", data={"item": item, "how": "doubtful", "candidates": ["P1"]})
    with django_assert_max_num_queries(40):
        ben.get(reverse("lists.pairs", args=[TOWN]))
