"""The village's work on pushed lists: what is due next, what came of it, what is open at the day's end."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.lists.kinds import Found, Item
from closeknit.reports.compose import compose
from closeknit.reports.content import to_json
from tests.town import EAST, START, TOWN, WEST, Cast, Field, id_no

pytestmark = pytest.mark.django_db
NOW = START + timedelta(hours=9)


def code(number: int) -> str:
    return str(UUID(int=number, version=4))


@pytest.fixture
def pushed(field_records: Field) -> Iterator[Field]:
    """Three items in the west (one late, one locked by the investigation), one in the east."""
    rows = ((1, WEST, "卢兰利", "P1", 12, "county"), (2, WEST, "单田芳", "P3", 5, "county"), (3, WEST, "尉迟恭", "P4", 30, "investigation"),
            (4, EAST, "喆𬱖", "P5", 12, "county"))  # fmt: skip
    for number, area, name, person, hours, source in rows:
        deadline = (START + timedelta(hours=hours)).isoformat()
        data = {
            "list": "县推-0318",
            "source": source,
            "name": name,
            "phone": "19900000001",
            "id_no": id_no("19620702", number),
            "deadline": deadline,
        }
        field_records.record("lists.pushed", id=code(number), area=area, data=data)
        field_records.record("lists.matched", area=area, person=person, household=f"H{number}", data={"item": code(number), "how": "exact"})
    with clock.at(NOW):
        yield field_records


def listed(client: Any, query: str = "", area: str = TOWN) -> list[list[str]]:
    text = client.get(f"/lists/{area}/?as=csv&{query}").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def verify(client: Any, number: int, outcome: str, way: str = "call", area: str = TOWN) -> Any:
    return client.post(reverse("lists.verify", args=[area]), {"event": str(uuid4()), "item": code(number), "outcome": outcome, "way": way})


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["单田芳", "卢兰利", "喆𬱖", "尉迟恭"]), ("state=late", ["单田芳"]), ("state=verified", []),
        ("source=investigation", ["尉迟恭"]), ("q=县推-0318", ["单田芳", "卢兰利", "喆𬱖", "尉迟恭"]), ("q=无此名单", []),
    ],
)  # fmt: skip
def test_lst_01_the_items_stand_by_deadline(pushed: Field, cast: Cast, sign_in: Any, query: str, names: list[str]):
    assert [row[0] for row in listed(sign_in(cast.ben), query)] == names


def test_a_village_sees_its_own_items_alone(pushed: Field, cast: Cast, sign_in: Any):
    client = sign_in(cast.ana)

    assert [row[0] for row in listed(client, area=WEST)] == ["单田芳", "卢兰利", "尉迟恭"]
    assert client.get(reverse("lists.item", args=[code(4)])).status_code == 404
    assert verify(client, 4, "at_home", area=WEST).status_code == 404


def test_who_only_looks_sees_names_masked(pushed: Field, cast: Cast, sign_in: Any):
    page = sign_in(cast.chen).get(f"/lists/{TOWN}/").content.decode()

    assert "卢＊＊" in page and "卢兰利" not in page and "19900000001" not in page


def test_whose_names_were_shown_is_written_down(pushed: Field, cast: Cast, sign_in: Any):
    sign_in(cast.ana).get(f"/lists/{WEST}/")

    assert Reading.objects.get(screen="lists.items").codes == ["P1", "P3", "P4"]


def test_lst_03_one_press_records_the_outcome_and_one_takes_it_back(pushed: Field, cast: Cast, sign_in: Any):
    client = sign_in(cast.ana)
    verify(client, 1, "moved", "visit", WEST)

    event = Event.objects.get(kind="lists.verified")
    assert (event.data, event.person, event.area) == ({"item": code(1), "outcome": "moved", "way": "visit"}, "P1", WEST)
    assert Item.objects.get(topic=code(1)).state == "verified"
    client.post(reverse("records.undo", args=[event.id]))
    assert Item.objects.get(topic=code(1)).state == "open"


def test_lst_03_a_row_offers_every_outcome_and_the_seldom_ones_folded(pushed: Field, cast: Cast, sign_in: Any):
    form = sign_in(cast.ana).get(f"/lists/{WEST}/").content.decode().split('class="presses"')[1].split("</form>")[0]
    plain, folded = (re.findall(r'name="outcome" value="(\w+)"', part) for part in form.split("<details"))

    assert plain == ["no_answer", "elsewhere"] and "outcome=at_home" in form
    assert {*plain, *folded, "at_home"} == {each.value for each in Found}


def test_lst_03_a_call_that_reached_nobody_leaves_it_open(pushed: Field, cast: Cast, sign_in: Any):
    verify(sign_in(cast.ben), 1, "no_answer")

    item = Item.objects.get(topic=code(1))
    assert (item.state, item.outcome, item.member) == ("tried", "no_answer", "W3")


def test_lst_03_who_was_found_is_recorded_by_the_form_with_what_follows(pushed: Field, cast: Cast, sign_in: Any):
    client = sign_in(cast.ana)
    address = f"/record/lists.verified/?item={code(1)}&outcome=at_home&area={WEST}&person=P1"
    assert "居家健康监测" in client.get(address).content.decode()
    data = {
        "event": str(uuid4()),
        "item": code(1),
        "outcome": "at_home",
        "way": "visit",
        "measure": "home_monitor",
        "area": WEST,
        "chosen_person": "P1",
    }
    answer = client.post(address, {**data, "ref_person": "P1"})
    assert answer.status_code == 302, answer.content.decode()

    assert Item.objects.get(topic=code(1)).measure == "home_monitor"


def test_lst_03_nobody_closes_the_item_of_another_village(pushed: Field, cast: Cast, sign_in: Any):
    address = f"/record/lists.verified/?item={code(4)}&area={WEST}"
    answer = sign_in(cast.ana).post(address, {"event": str(uuid4()), "item": code(4), "outcome": "at_home", "way": "visit", "area": WEST})

    assert "不在您的辖区" in answer.content.decode()
    assert Item.objects.get(topic=code(4)).state == "open"


def test_lst_05_who_is_screened_and_who_is_under_control(pushed: Field, cast: Cast, sign_in: Any):
    pushed.later(hours=1).record("lists.verified", data={"item": code(3), "outcome": "at_home", "way": "visit", "measure": "central"})
    pushed.record("lists.verified", data={"item": code(2), "outcome": "elsewhere", "way": "call"})
    client = sign_in(cast.ben)
    heading = client.get(f"/lists/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[0].split(",")
    told = {row[0]: row[heading.index("排查管控")] for row in listed(client, "state=all")}

    assert told == {"尉迟恭": "人员已管控", "单田芳": "风险已排查", "卢兰利": "", "喆𬱖": ""}


def test_knk_05_a_visit_at_the_door_is_a_hint_and_closes_nothing(pushed: Field, cast: Cast, sign_in: Any):
    pushed.later(hours=2).record("doorknock.visited", household="H1", data={"outcome": "met", "present": 2})
    page = sign_in(cast.ana).get(f"/lists/{WEST}/").content.decode()

    assert page.count("有人走访") == 1
    assert Item.objects.get(topic=code(1)).state == "open"


def test_lst_04_what_is_open_at_the_days_end_stands_by_village(pushed: Field, cast: Cast, sign_in: Any):
    client = sign_in(cast.ben)
    verify(client, 1, "at_home")
    text = client.get(f"/lists/{TOWN}/day/?as=csv").content.decode("utf-8-sig").splitlines()
    heading, west, east = (line.split(",") for line in text)

    assert dict(zip(heading, west, strict=True))["村（社区）"] == "西坪村"
    numbers = [[dict(zip(heading, row, strict=True))[name] for name in ("未办结", "超时", "今日办结", "条目总数")] for row in (west, east)]
    assert numbers == [["2", "1", "1", "3"], ["1", "0", "0", "1"]]


def test_lst_04_a_village_is_reminded_and_that_is_kept(pushed: Field, cast: Cast, sign_in: Any):
    client = sign_in(cast.ben)
    client.post(reverse("lists.remind", args=[TOWN]), {"unit": WEST, "channel": "phone"})

    assert Event.objects.get(kind="lists.reminded").data == {"unit": WEST, "channel": "phone", "open": 3}
    assert client.post(reverse("lists.remind", args=[TOWN]), {"unit": "990102101201", "channel": "phone"}).status_code == 404


def test_lst_04_the_board_names_the_village_that_is_late(pushed: Field, cast: Cast, sign_in: Any):
    page = sign_in(cast.ben).get(f"/board/{TOWN}/").content.decode()

    assert "1 条推送名单超时未核查" in page and f"/lists/{WEST}/?state=late" in page


def test_lst_04_the_days_report_has_the_lists(pushed: Field):
    content = str(to_json(compose(TOWN, START.date())))

    assert "lists.pushed" in content and "lists.late_units" in content


def test_an_item_shows_what_is_asked_and_all_that_happened(pushed: Field, cast: Cast, sign_in: Any):
    client = sign_in(cast.ana)
    verify(client, 1, "no_answer", area=WEST)
    page = client.get(reverse("lists.item", args=[code(1)])).content.decode()

    assert "卢兰利" in page and id_no("19620702", 1) in page and "未联系上" in page
    assert Reading.objects.filter(screen="lists.item", codes=["P1"]).exists()


def test_the_list_costs_as_many_statements_for_many_items_as_for_one(
    pushed: Field, cast: Cast, sign_in: Any, django_assert_max_num_queries
):
    for number in range(10, 45):
        pushed.record("lists.pushed", id=code(number), data={"list": "L", "source": "county", "name": "试"})
    client = sign_in(cast.ben)
    with django_assert_max_num_queries(40):
        client.get(f"/lists/{TOWN}/")


def test_an_empty_list_says_what_to_do_first(cast: Cast, sign_in: Any):
    page = sign_in(cast.ben).get(f"/lists/{TOWN}/").content.decode()

    assert "由乡镇导入上级推送的名单" in page and "/list-files/" in page
