"""The posts on the screen; and that no path leads from a place to people, from a person to places, or from a plate to places."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from tests.town import COUNTY, EAST, OTHER_COUNTY, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
NOW = datetime.fromisoformat("2022-03-18T16:30:00+08:00")
SECRETS = ("湘U88888", "卢兰利", "P1", "H1", "村干部甲", "W1", "36.9", "绿码", "green", "咳嗽两天")


@pytest.fixture
def gate(field_records: Field) -> Iterator[Field]:
    """One person turned away, one admitted, a vehicle turned away without a reason, and what the camera counted."""
    field_records.now = NOW - timedelta(hours=1)
    person = {"name": "卢兰利", "temperature": 36.9, "colour": "green", "decision": "turned_away", "reason": "咳嗽两天"}
    field_records.record("checkpoints.person_checked", place="CP1", person="P1", household="H1", data=person)
    field_records.record("checkpoints.person_checked", place="CP1", data={"decision": "admitted"})
    field_records.record(
        "checkpoints.vehicle_checked", place="CP1", data={"vehicle": "car", "plate": "湘U88888", "decision": "turned_away"}
    )
    field_records.record("checkpoints.tallied", place="CP1", data={"by": "camera", "vehicles": 4, "persons": 2})
    with clock.at(NOW):
        yield field_records


def says(text: str, word: str) -> bool:
    """Whether the word stands there; P1 does not stand in CP1."""
    return re.search(rf"(?<!\w){re.escape(word)}" if word.isascii() else re.escape(word), text) is not None


def csv(response: Any) -> list[list[str]]:
    return [line.split(",") for line in response.content.decode("utf-8-sig").splitlines()]


def test_counts_by_post_today_and_in_all_beside_what_a_camera_counted(gate: Field, cast: Cast, sign_in: SignIn):
    heading, row = csv(sign_in(cast.ben).get(f"/checkpoints/{TOWN}/?as=csv"))
    said = dict(zip(heading, row, strict=True))

    assert [said[name] for name in ("卡点", "状态", "车辆", "人员", "劝返", "累计")] == ["渡口卡点", "正常", "1", "2", "1", "3"]
    assert said["计数与查验之差"] == "车辆 +3 人员 +0"


def test_yesterday_is_told_apart_from_today(gate: Field, cast: Cast, sign_in: SignIn):
    with clock.at(NOW + timedelta(days=1)):
        heading, row = csv(sign_in(cast.ben).get(f"/checkpoints/{TOWN}/?as=csv"))
    said = dict(zip(heading, row, strict=True))

    assert [said[name] for name in ("人员", "昨日合计", "累计", "状态")] == ["0", "3", "3", "无登记"]


def test_a_posts_rows_say_time_post_and_decision_and_nothing_else(gate: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    rows = csv(client.get("/checkpoint/CP1/?as=csv"))

    assert rows[0] == ["时间", "卡点", "处置"]
    assert sorted(row[2] for row in rows[1:]) == ["劝返", "劝返", "放行"]
    assert csv(client.get("/checkpoint/CP1/?as=csv&decision=admitted"))[1:] == [["2022-03-18 15:30", "渡口卡点", "放行"]]


@pytest.mark.parametrize("who", ["ana", "ben"])
@pytest.mark.parametrize("page", [f"/checkpoints/{WEST}/", "/checkpoint/CP1/", f"/checkpoints/{WEST}/owed/", f"/board/{WEST}/"])
@pytest.mark.parametrize("shape", ["", "?as=csv", "?as=print"])
def test_no_page_list_export_or_print_leads_from_a_post_to_people(
    gate: Field, cast: Cast, sign_in: SignIn, who: str, page: str, shape: str
):
    text = sign_in(getattr(cast, who)).get(page + shape).content.decode()
    main = text.split("<main")[1].split("</main>")[0] if "<main" in text else text
    whoever_is_called = {"村干部甲", "W1"} if page.startswith("/board") else set()

    assert [word for word in SECRETS if says(main, word) and word not in whoever_is_called] == []
    assert "/event/" not in main


def test_a_workbook_of_a_post_holds_nobody(gate: Field, cast: Cast, sign_in: SignIn):
    book = openpyxl.load_workbook(io.BytesIO(sign_in(cast.ben).get("/checkpoint/CP1/?as=xlsx").content))
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)

    assert [word for word in SECRETS if says(text, word)] == []


@pytest.mark.parametrize("words", ["湘U88888", "U88888", "卢兰利", "P1"])
def test_neither_a_plate_nor_a_person_finds_a_post(gate: Field, cast: Cast, sign_in: SignIn, words: str):
    client = sign_in(cast.ben)
    found = client.get("/search/", {"q": words}).content.decode().split("<main")[1].split("</main>")[0]
    filtered = csv(client.get("/checkpoint/CP1/", {"q": words, "person": "P1", "plate": "湘U88888", "as": "csv"}))

    assert ("/checkpoint" in found, "渡口卡点" in found) == (False, False)
    assert len(filtered) == 4, "words and persons narrow nothing here"


def test_a_vehicle_turned_away_without_a_reason_owes_one_by_time_and_post(gate: Field, cast: Cast, sign_in: SignIn):
    gate.later(minutes=5).record(
        "checkpoints.vehicle_checked", place="CP1", data={"vehicle": "car", "decision": "turned_away", "reason": "无证明"}
    )

    assert csv(sign_in(cast.ben).get(f"/checkpoints/{TOWN}/owed/?as=csv")) == [["时间", "卡点"], ["2022-03-18 15:30", "渡口卡点"]]


def test_looking_at_a_post_writes_no_reading_for_nobody_is_shown(gate: Field, cast: Cast, sign_in: SignIn):
    sign_in(cast.ben).get("/checkpoint/CP1/")

    assert Reading.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/checkpoints/{WEST}/", 200), ("ana", f"/checkpoints/{EAST}/", 404), ("chen", f"/checkpoints/{COUNTY}/", 403),
        ("dov", f"/checkpoints/{TOWN}/", 404), ("dov", "/checkpoint/CP1/", 404), ("dov", f"/checkpoints/{TOWN}/owed/", 404),
        ("dov", f"/checkpoints/{OTHER_COUNTY}/", 200), ("ben", "/checkpoint/S1/", 404), ("ben", "/checkpoint/none/", 404),
    ],
)  # fmt: skip
def test_who_sees_which_posts(gate: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status


def test_an_area_without_posts_says_what_to_do_first(gate: Field, cast: Cast, sign_in: SignIn):
    assert "本辖区无卡点" in sign_in(cast.ben).get(f"/checkpoints/{EAST}/").content.decode()


@pytest.mark.parametrize(("role", "ways"), [("gate_staff", ["person_checked", "vehicle_checked"]), ("inspector", [])])
def test_who_stands_at_a_post_records_from_its_page_and_comes_back_to_it(gate: Field, sign_in: SignIn, role: str, ways: list[str]):
    page = sign_in(account("gus", role, WEST)).get("/checkpoint/CP1/").content.decode()

    assert sorted(re.findall(r"/record/checkpoints\.(\w+)/\?place=CP1&amp;next=%2Fcheckpoint%2FCP1%2F", page)) == ways
