"""The sweep on the screen: coverage that leads down to the doors, and the doors that are left."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.console.records.names import households
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import seal
from closeknit.ledger.models import Event
from closeknit.registry.actions import find
from closeknit.registry.models import Person
from tests.town import COUNTY, EAST, GRID, OTHER_COUNTY, START, TOWN, WEST, Cast, Field

NOW = START + timedelta(hours=3)
SignIn = Callable[..., Any]


@pytest.fixture(autouse=True)
def _three_hours_into_the_sweep():
    with clock.at(NOW):
        yield


@pytest.fixture
def records(cast: Cast, field_records: Field) -> Field:
    """One door met, one away, one refused twice; the other village untouched."""
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H2", data={"outcome": "absent"})
    for _ in range(2):
        field_records.later(minutes=5).record("doorknock.visited", household="H3", area=GRID, data={"outcome": "refused"})
    return field_records


def doors(client: Any, area: str, query: str = "") -> list[str]:
    """The households of the list in its order, from its file."""
    text = client.get(f"/doorknock/{area}/gaps/?as=csv&{query}").content.decode("utf-8-sig")
    return [line.split(",")[1] for line in text.splitlines()[1:]]


def test_coverage_leads_from_the_town_to_the_village_the_grid_and_the_doors(records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    town, village = (client.get(f"/doorknock/{area}/").content.decode() for area in (TOWN, WEST))

    assert [f'href="/doorknock/{to}"' in town for to in (f"{WEST}/", f"{EAST}/gaps/", f"{WEST}/gaps/?state=absent")] == [True] * 3
    assert [f'href="/doorknock/{to}"' in village for to in (f"{GRID}/gaps/", f"{TOWN}/", f"{GRID}/gaps/?state=refused")] == [True] * 3
    assert town.index("东岭村</a>") < town.index("西坪村</a>"), "the most that is left stands first"


@pytest.mark.parametrize("screen", ["", "gaps/", "sheet/"])
@pytest.mark.parametrize(
    ("who", "area", "status"),
    [("ana", WEST, 200), ("ana", GRID, 200), ("ana", EAST, 404), ("ana", TOWN, 404), ("ben", TOWN, 200), ("chen", COUNTY, 200),
     ("dov", WEST, 404), ("dov", TOWN, 404), ("dov", OTHER_COUNTY, 200), ("ben", "404", 404)],
)  # fmt: skip
def test_who_sees_the_sweep_of_which_area(records: Field, cast: Cast, sign_in: SignIn, screen: str, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/doorknock/{area}/{screen}").status_code == status


@pytest.mark.parametrize(
    ("query", "households"),
    [
        ("", ["H2", "H3"]), ("state=due", ["H1", "H2", "H3"]), ("state=settled", ["H1"]), ("state=absent", ["H2"]),
        ("state=refused", ["H3"]), ("state=final", ["H3"]), ("state=never", []), ("state=due&sort=-tries", ["H3", "H2", "H1"]),
        ("q=单田芳", ["H2"]), ("q=H3", ["H3"]), ("q=nobody", []), ("state=other", ["H2", "H3"]),
    ],
)  # fmt: skip
def test_ana_filters_searches_and_sorts_her_doors(records: Field, cast: Cast, sign_in: SignIn, query: str, households: list[str]):
    assert doors(sign_in(cast.ana), WEST, query) == households


def test_a_found_household_stands_among_the_doors(records: Field, cast: Cast, sign_in: SignIn):
    found = records.record("registry.found", data={"what": "household", "name": "船家", "landmark": "渡口船坞"})
    page = sign_in(cast.ana).get(f"/doorknock/{WEST}/gaps/").content.decode()

    assert doors(sign_in(cast.ana), WEST) == ["H2", f"found:{found.id}", "H3"]
    assert "船家" in page and "渡口船坞" in page


@pytest.mark.parametrize("words", ["船家", "船", "渡口", "渡口船塢"])
def test_a_found_household_is_found_by_what_was_said_of_it(records: Field, cast: Cast, sign_in: SignIn, words: str):
    found = records.record("registry.found", data={"what": "household", "name": "船家", "landmark": "渡口船坞"})

    assert doors(sign_in(cast.ana), WEST, f"q={words}") == [f"found:{found.id}"]


def test_who_refused_finally_is_a_number_above_the_village(records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    page = client.get(f"/doorknock/{WEST}/gaps/").content.decode()

    assert (doors(client, TOWN, "state=due"), doors(client, TOWN, "state=refused")) == (["H1", "H2", "H4", "H5"], [])
    assert "另有 1 户多次拒绝" in page and "尉迟恭" not in page
    assert "H3" not in client.get("/records/doorknock.visited/").content.decode()


def test_the_rows_behind_the_number_leave_the_name_to_the_village(records: Field, cast: Cast, sign_in: SignIn):
    until = records.now + timedelta(hours=1)
    asked = {"from": (until - timedelta(days=2)).isoformat(), "to": until.isoformat()}

    above = sign_in(cast.ben).get("/figures/doorknock.refused/", {"area": TOWN, **asked}).content.decode()
    read_above = [code for row in Reading.objects.all() for code in row.codes]
    village = sign_in(cast.ana).get("/figures/doorknock.refused/", {"area": WEST, **asked}).content.decode()

    assert ("尉迟恭" in above, "H3" in above, "多次拒绝，名单由村" in above, "H3" in read_above) == (False, False, True, False)
    assert "尉迟恭" in village


def test_a_first_refusal_is_still_called_on(records: Field, cast: Cast, sign_in: SignIn):
    records.record("doorknock.visited", household="H4", area=EAST, data={"outcome": "refused"})

    assert doors(sign_in(cast.ben), TOWN, "state=refused") == ["H4"]


def test_names_are_masked_for_those_who_do_not_record_here(records: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.chen).get(f"/doorknock/{TOWN}/gaps/").content.decode()

    assert "单＊＊" in page and "单田芳" not in page and "登记结果" not in page


def test_every_page_of_doors_is_written_to_the_trail(records: Field, cast: Cast, sign_in: SignIn):
    sign_in(cast.ana).get(f"/doorknock/{WEST}/gaps/")
    sign_in(cast.ana).get(f"/doorknock/{WEST}/sheet/")

    assert [(row.screen, row.codes, row.purpose) for row in Reading.objects.order_by("pk")] == [
        ("doorknock.gaps", ["H2", "H3"], ""),
        ("doorknock.sheet", ["H2", "H3"], "paper"),
    ]


def test_the_list_asks_the_database_as_often_for_many_doors_as_for_one(records: Field, cast: Cast, sign_in: SignIn):
    client, numbers = sign_in(cast.ben), []
    for query in ("state=settled", "state=due"):
        client.get(f"/doorknock/{TOWN}/gaps/?{query}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/doorknock/{TOWN}/gaps/?{query}")
        numbers.append(len(asked))

    assert numbers[0] == numbers[1]


def press(client: Any, household: str, outcome: str, area: str = WEST, **rest: str) -> Any:
    sent = {"event": str(uuid7()), "household": household, "outcome": outcome, "next": f"/doorknock/{area}/gaps/?sort=last#d-H3", **rest}
    return client.post(f"/doorknock/{area}/visit/", sent)


def test_one_press_records_the_visit_and_the_door_leaves_the_list(records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)
    answer = press(client, "H2", "moved")

    assert (answer.status_code, answer.url) == (302, f"/doorknock/{WEST}/gaps/?sort=last#d-H3")
    assert doors(client, WEST) == ["H3"]
    assert Event.objects.get(device="console:ana").data == {"outcome": "moved"}


def test_two_clicks_on_one_button_record_one_visit(records: Field, cast: Cast, sign_in: SignIn):
    event = str(uuid7())
    for _ in range(2):
        press(sign_in(cast.ana), "H2", "absent", event=event)

    assert Event.objects.filter(device="console:ana").count() == 1


@pytest.mark.parametrize(
    ("who", "household", "status"), [("ana", "H4", 404), ("ana", "H404", 404), ("chen", "H1", 403), ("dov", "H1", 404)]
)
def test_nobody_presses_at_a_door_that_is_not_theirs(records: Field, cast: Cast, sign_in: SignIn, who: str, household: str, status: int):
    before = Event.objects.count()
    area = {"chen": TOWN, "dov": WEST}.get(who, WEST)

    assert press(sign_in(getattr(cast, who)), household, "met", area).status_code == status
    assert Event.objects.count() == before


def test_a_press_that_is_no_outcome_is_not_taken(records: Field, cast: Cast, sign_in: SignIn):
    assert press(sign_in(cast.ana), "H2", "eaten").status_code == 400


def test_a_sweep_that_is_over_offers_no_buttons_and_says_why(records: Field, cast: Cast, sign_in: SignIn):
    with clock.at(START + timedelta(days=3)):
        page = sign_in(cast.ana).get(f"/doorknock/{WEST}/gaps/").content.decode()

    assert "本次行动已结束，现在登记的走访不计入。" in page and "/visit/" not in page


def test_only_who_may_take_lists_out_of_the_house_gets_a_file(records: Field, cast: Cast, sign_in: SignIn):
    assert sign_in(cast.chen).get(f"/doorknock/{TOWN}/gaps/?as=xlsx").status_code == 403
    assert sign_in(cast.ben).get(f"/doorknock/{TOWN}/gaps/?as=xlsx").content[:2] == b"PK"


def test_the_first_screen_shows_the_sweep_of_ones_own_area(records: Field, cast: Cast, sign_in: SignIn):
    assert f'href="/doorknock/{TOWN}/gaps/?state=left"' in sign_in(cast.ben).get("/").content.decode()


def test_a_family_in_no_list_is_added_from_the_list_and_stands_there_without_a_number(records: Field, cast: Cast, sign_in: SignIn):
    with clock.at(START + timedelta(hours=1)):
        code = find(by="W1", area=WEST, data={"what": "household", "landmark": "渡口棚屋"})
    client = sign_in(cast.ana)

    page, sheet = (client.get(f"/doorknock/{WEST}/{screen}/").content.decode() for screen in ("gaps", "sheet"))

    assert f'href="/found/add/?what=household&amp;area={WEST}"' in page
    assert ["渡口棚屋" in page, "名册外登记" in page, "渡口棚屋" in sheet, f"<small>{code}" in sheet] == [True, True, True, False]


def test_a_door_is_called_by_the_head_of_the_household(records: Field, cast: Cast):
    head, other = Person.objects.get(code="P2"), Person.objects.get(code="P1")
    head.personal = seal({**head.told(), "relation": "户主"}, about="person|P2")
    head.save()

    called = households(["H1", "H2"], full=True)

    assert (other.household, [called[code].name for code in ("H1", "H2")]) == ("H1", ["卢小河", "单田芳"])
