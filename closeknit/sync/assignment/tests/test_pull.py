"""What a pull answers: everything of the worker's own, and nothing of anybody else's."""

import hashlib
import hmac
import json
import logging
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.wire import BadPush
from closeknit.registry.actions import amend_household, find, merge
from closeknit.registry.models import Household
from closeknit.sync.assignment.answer import pull
from closeknit.sync.assignment.tests.phone import phone_for_shift, phone_of, work_as
from closeknit.sync.models import Card, Device
from closeknit.sync.tests.transactions import transactions_around
from tests.covid_words import covid_words
from tests.town import EAST, GRID, OTHER_VILLAGE, ROSTER, START, TOWN, WEST, Field, build, campaign

pytestmark = pytest.mark.django_db

MORNING = START + timedelta(hours=2)
NAMES_OF_OTHERS = ("喆𬱖", "张三", "邻人", "19900000005", "H4", "H5", "H9", "3组1号")


def test_a_first_pull_gives_the_whole_assignment(town: None):
    told = phone_of("W1").ask()

    assert sorted(told["parts"]) == ["areas", "campaigns", "pack", "places", f"register:{WEST}", f"register:{GRID}", "shapes", "worker"]
    assert (told["gone"], told["held_to"], told["missing"], told["now"]) == ([], 0, [], "2022-03-18T02:00:00Z")


def test_the_worker(town: None):
    phone = phone_of("W1")

    worker = phone.pull()["parts"]["worker"]["content"]

    assert len(urlsafe_b64decode(worker.pop("marks") + "=")) == 32
    assert worker == {
        "code": "W1", "name": "村干部甲", "role": "village_worker", "role_name": {"en": "Village worker", "zh": "村（社区）干部"},
        "unit": "西坪村", "team": "", "area": WEST, "area_name": "西坪村", "place": "", "until": "2022-09-14T00:00:00Z",
        "work": ["doors", "found", "patrol", "deliveries", "isolation", "outreach", "shift"],
    }  # fmt: skip


def test_areas_and_places_are_those_of_the_worker(town: None):
    phone = phone_of("W1")

    phone.pull()

    assert phone.parts["areas"] == [[WEST, "西坪村", TOWN, "village"], [GRID, "西坪村第1网格", WEST, "grid"]]
    assert phone.parts["places"] == [
        ["CP1", "checkpoint", "渡口卡点", WEST], ["CS1", "cold_store", "一号冷库", WEST], ["S1", "shop", "河街商店", WEST],
    ]  # fmt: skip


def test_the_register_holds_the_households_and_who_lives_there(town: None):
    phone = phone_of("W1")

    phone.pull()

    first, second = phone.parts[f"register:{WEST}"]["persons"][:2]
    assert phone.parts[f"register:{WEST}"]["households"] == [
        ["H1", "1组1号", "", "", "", "", "1", "1", ""], ["H2", "1组2号", "", "", "", "", "2", "1", ""],
    ]  # fmt: skip
    assert first == ["P1", "H1", "卢兰利", "19900000001", ROSTER[0][4][-4:], first[5], 1962, "m", "", "", []]
    assert (second[:3], second[6]) == (["P2", "H1", "卢小河"], 2019)
    last = phone.parts[f"register:{GRID}"]["persons"][0]
    assert phone.parts[f"register:{GRID}"] == {
        "households": [["H3", "2组1号", "", "", "", "", "1", "2", ""]],
        "persons": [["P4", "H3", "尉迟恭", "19900000004", ROSTER[3][4][-4:], last[5], 1980, "f", "", "", []]],
    }  # fmt: skip


def test_a_typed_id_number_finds_its_person_by_the_mark_and_by_no_other_phones(town: None):
    phone, other = phone_of("W1"), phone_of("W1", device="D-9")
    phone.pull()
    other.pull()

    key = urlsafe_b64decode(phone.parts["worker"]["marks"] + "=")
    typed = hmac.digest(key, ROSTER[0][4].encode(), hashlib.sha256)[:9]
    marks = {row[5]: row[0] for row in phone.parts[f"register:{WEST}"]["persons"]}

    assert {urlsafe_b64decode(mark): code for mark, code in marks.items()}[typed] == "P1"
    assert not marks.keys() & {row[5] for row in other.parts[f"register:{WEST}"]["persons"]}


def test_no_id_number_is_in_the_answer(town: None):
    said = json.dumps(phone_of("W1").ask(), ensure_ascii=False)

    assert [row[4] for row in ROSTER if row[4] in said] == []


@pytest.mark.parametrize("role", ["village_worker", "village_secretary", "caller", "sampler", "courier", "clerk"])
def test_nobody_of_another_village_is_in_an_answer(town: None, role: str):
    work_as("W1", role)

    said = json.dumps(phone_of("W1").ask(), ensure_ascii=False)

    assert [word for word in NAMES_OF_OTHERS if f'"{word}"' in said] == []


def test_what_would_be_others_is_there_for_those_whose_own_it_is(town: None):
    said = json.dumps(phone_of("W2").ask(), ensure_ascii=False)

    assert [word for word in NAMES_OF_OTHERS if f'"{word}"' in said] == ["喆𬱖", "张三", "19900000005", "H4", "H5", "3组1号"]


def test_a_worker_of_a_larger_area_carries_no_register_about(town: None):
    work_as("W1", "sampler", area=TOWN)
    phone = phone_of("W1")

    phone.pull()

    assert [name for name in phone.parts if name.startswith("register:")] == []
    assert (phone.parts["campaigns"], phone.parts["worker"]["marks"]) == ([], "")


def test_who_moves_to_another_grid_loses_the_old_register(town: None):
    phone = phone_of("W1")
    phone.pull()
    work_as("W1", "village_worker", area=EAST)

    told = phone.pull()

    assert told["gone"] == [f"register:{WEST}", f"register:{GRID}"]
    assert (phone.households(EAST), phone.persons(EAST)) == (["H4", "H5"], ["P5", "P6"])
    assert told["reach"]["all"]


def test_a_phone_that_has_everything_is_sent_nothing(town: None):
    phone = phone_of("W1")
    phone.pull()

    told = phone.pull()

    assert (told["parts"], told["gone"], told["reach"]) == ({}, [], {"all": False, "rows": []})


def test_only_what_changed_is_sent_again(town: None):
    phone = phone_of("W1")
    phone.pull()
    amend_household("H3", {"landmark": "大樟树旁"}, by="W1", reason="走访")

    assert sorted(phone.pull()["parts"]) == [f"register:{GRID}"]
    assert phone.parts[f"register:{GRID}"]["households"][0][:3] == ["H3", "2组1号", "大樟树旁"]


def test_those_who_were_found_stand_in_the_register_like_everybody(town: None):
    find(by="W1", area=WEST, data={"what": "household", "landmark": "渡口旧船坞", "name": "船工"})
    home = find(by="W1", area=GRID, data={"what": "household", "landmark": "瓜棚"})
    who = {
        "what": "person",
        "household": home,
        "name": "老吴",
        "birth_date": "1950-01-01",
        "phone": "19911111111",
        "category": "no_fixed_home",
    }
    person = find(by="W1", area=GRID, data={**who, "sex": "男"})
    phone = phone_of("W1")

    phone.pull()

    assert phone.parts[f"register:{WEST}"]["households"][-1][1:] == ["", "渡口旧船坞", "", "", "", "", "", "船工"]
    assert phone.households(GRID) == ["H3", home]
    assert phone.parts[f"register:{GRID}"]["persons"][-1] == [
        person, home, "老吴", "19911111111", "", "", 1950, "m", "no_fixed_home", "", [],
    ]  # fmt: skip


def test_a_household_that_proved_to_be_in_the_roster_stands_there_once(town: None):
    home = find(by="W1", area=WEST, data={"what": "household", "landmark": "渡口"})
    person = find(by="W1", area=WEST, data={"what": "person", "household": home, "name": "老吴"})
    merge(home, "H2", reference="household", area=WEST, by="W1", reason="同一户")
    phone = phone_of("W1")

    phone.pull()

    assert phone.households(WEST) == ["H1", "H2"]
    assert phone.parts[f"register:{WEST}"]["persons"][-1][:3] == [person, "H2", "老吴"]


def test_households_come_in_walking_order_and_their_people_as_the_roster_has_them(town: None):
    Household.objects.current().filter(code="H1").update(position=9)
    phone = phone_of("W1")

    phone.pull()

    assert (phone.households(WEST), phone.persons(WEST)) == (["H2", "H1"], ["P3", "P1", "P2"])


def test_a_shift_card_gives_no_persons_and_no_way_to_look_for_them(town: None):
    phone = phone_for_shift("CP1")

    phone.pull()

    assert (phone.parts["worker"]["place"], phone.parts["worker"]["marks"]) == ("CP1", "")
    assert phone.parts["worker"]["work"] == ["found", "patrol", "outreach", "shift", "gate"]
    assert [name for name in phone.parts if name.startswith("register:")] == []
    assert [each["kind"] for each in phone.parts["shapes"] if "person" in each["needs"]] == []
    assert phone.parts["campaigns"] == []
    assert Reading.objects.count() == 0


def test_the_campaigns_that_run_or_begin_within_a_day(town: None):
    plan(campaign("soon", "doorknock", "households", **{"from": MORNING + timedelta(hours=23), "to": MORNING + timedelta(days=4)}))
    plan(campaign("later", "doorknock", "households", **{"from": MORNING + timedelta(hours=25), "to": MORNING + timedelta(days=4)}))
    plan(campaign("over", "doorknock", "households", **{"from": MORNING - timedelta(hours=5), "to": MORNING - timedelta(hours=1)}))
    plan(campaign("patrol", "venues.patrol", {"category": ["shop"]}, name="巡查"))
    plan(campaign("round", "testing.round", {"persons": ["P1", "P5"]}))
    work_as("W1", "village_secretary")
    phone = phone_of("W1")

    phone.pull()

    told = {each["code"]: each for each in phone.parts["campaigns"]}
    assert sorted(told) == ["patrol", "round", "soon", "sweep"]
    assert told["sweep"] == {
        "code": "sweep", "kind": "doorknock", "name": "sweep", "area": TOWN, "from": "2022-03-18T00:00:00Z", "to": "2022-03-20T00:00:00Z",
        "subject": "household", "due": None, "excused": [],
    }  # fmt: skip
    assert (told["patrol"]["due"], told["patrol"]["name"], told["round"]["due"]) == (["S1"], "巡查", ["P1"])


def test_who_is_excused_is_told(town: None):
    plan(campaign("round", "testing.round", "persons", excused={"under_age": 3, "persons": ["P3", "P5"]}))
    work_as("W1", "sampler")
    phone = phone_of("W1")

    phone.pull()

    assert [(each["due"], each["excused"]) for each in phone.parts["campaigns"]] == [(None, ["P2", "P3"])]


def test_a_part_of_the_register_that_is_given_is_one_reading(town: None):
    phone = phone_of("W1")

    phone.pull()
    phone.pull()

    reading = Reading.objects.get()
    assert (reading.account, reading.screen, reading.path) == ("member:W1", "field.pull", "/api/v1/pull")
    assert reading.codes == ["H1", "H2", "H3", "P1", "P2", "P3", "P4"]


def test_a_part_that_is_given_again_is_read_again_and_only_that(town: None):
    phone = phone_of("W1")
    phone.pull()
    amend_household("H3", {"landmark": "大樟树旁"}, by="W1", reason="走访")

    phone.pull()

    assert [reading.codes for reading in Reading.objects.order_by("pk")][1:] == [["H3", "P4"]]


def test_no_word_of_the_register_comes_into_the_log(town: None, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        phone_of("W1").pull()

    assert [word for word in ("卢兰利", "19900000001", "1组1号") if word in caplog.text] == []


@pytest.mark.parametrize(
    ("body", "field", "status"),
    [
        (b"", "pull", 400),
        (b"[]", "pull", 400),
        (b"{}", "pull", 400),
        (b'{"card": 5}', "pull", 400),
        (b'{"card": "CKC1.x.y"}', "card", 403),
        (b'{"card": "", "have": {"a": 1}}', "pull", 400),
        (b'{"card": "\xff"}', "pull", 400),
        (b"[" * 100_000, "pull", 400),
    ],
)
def test_what_is_no_pull_is_refused(town: None, body: bytes, field: str, status: int):
    phone = phone_of("W1")

    with pytest.raises(BadPush) as refused:
        pull(body, device=phone.device, token=phone.token)

    assert (refused.value.field, refused.value.status) == (field, status)


def test_a_withdrawn_card_gives_nothing_and_the_phone_is_heard_all_the_same(town: None):
    phone = phone_of("W1")
    Card.objects.update(withdrawn_at=START)

    with pytest.raises(BadPush) as refused:
        phone.ask(state={"unsent": 7})

    assert (refused.value.field, refused.value.status) == ("card", 403)
    assert Device.objects.get(code=phone.device).unsent == 7
    assert Reading.objects.count() == 0


def test_a_revoked_phone_is_told_so(town: None):
    phone = phone_of("W1")
    Device.objects.update(revoked_at=START)

    with pytest.raises(BadPush) as refused:
        phone.ask()

    assert refused.value.status == 410


def test_what_the_server_misses_of_the_phone_is_told(town: None):
    phone, field = phone_of("W1"), Field()
    first, _, third = (field.event("outreach.posted", device=phone.device, data={"medium": "banner", "quantity": 1}) for _ in range(3))
    field.push(first, third, device=phone.device)

    with transactions_around("LAG(") as around:
        told = phone.pull()

    assert (told["held_to"], told["missing"], around) == (1, [2], [0])
    assert Device.objects.get(code=phone.device).held_to == 1


def test_under_measles_nothing_speaks_of_covid(db: None, tmp_path: Any):
    build(tmp_path, pack="generic-measles")
    for role in ("village_secretary", "sampler", "inspector", "laboratory"):
        work_as("W1", role)
        told = phone_of("W1").ask()
        said = json.dumps(told, ensure_ascii=False)

        assert covid_words(f"<p>{said}</p>") == []
        assert [each["kind"] for each in told["parts"]["shapes"]["content"] if each["measure"] in ("testing", "coldchain")] == []
        assert not {"round", "isolation", "laboratory"} & set(told["parts"]["worker"]["content"]["work"])


def test_under_covid_the_words_are_there(town: None):
    work_as("W1", "village_secretary")

    assert covid_words(f"<p>{json.dumps(phone_of('W1').ask(), ensure_ascii=False)}</p>") != []


def test_the_pack_says_what_rules_on_the_phone_read(town: None):
    phone = phone_of("W1")

    phone.pull()

    pack = phone.parts["pack"]
    assert (pack["name"], pack["offset"], pack["disease"]["en"]) == ("cn-covid-2022-v9", "+08:00", "COVID-19 outbreak")
    assert sorted(pack["values"]) == ["doorknock", "field", "monitoring", "pooling", "returnees", "test_validity"]
    assert (pack["values"]["pooling"]["default"], pack["values"]["field"]["others_go_after_h"]) == (10, 12)


def test_a_stranger_of_another_county_gets_nothing_of_this_one(town: None):
    work_as("W2", "village_secretary", area=OTHER_VILLAGE)
    phone = phone_of("W2", area=OTHER_VILLAGE)

    phone.pull()

    assert phone.persons(OTHER_VILLAGE) == ["P7"]
    said = json.dumps(phone.parts, ensure_ascii=False)
    assert [row[3] for row in ROSTER if row[3] in said] == ["邻人"]
    assert [code for code in (TOWN, WEST, EAST, GRID, "sweep", "CP1") if f'"{code}"' in said] == []


def test_the_clock_of_the_answer_is_the_servers(town: None):
    with clock.at(MORNING):
        assert phone_of("W1").ask(at=MORNING)["now"] == "2022-03-18T02:00:00Z"
