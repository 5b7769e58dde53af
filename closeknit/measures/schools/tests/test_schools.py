"""Schools and classes as things of their own: who belongs, who is due, sampled and left, by school and class."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.campaigns.models import Listed
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.schools.keeping import class_of
from closeknit.measures.schools.standing import live
from closeknit.registry.models import Person, Place
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=3)
CLASSES = {"P1": "一年级1班", "P2": "一年级1班", "P3": "一年级2班", "P5": "二年级1班"}
NAMES = ("schools", "classes", "people", "unnamed", "due", "sampled", "gap", "drawn")


@pytest.fixture
def school(field_records: Field) -> Field:
    """A school in the west with three classes, of which one says that it has three pupils; another in the east with none."""
    for code, name, area in (("SC1", "河口小学", WEST), ("SC2", "东岭小学", EAST)):
        Place.objects.create(code=code, category="school", name=name, area=area, learned_at=START)
    group = {"group": "SCH-SC1", "label": "河口小学", "category": "pupils", "share": 0.2}
    field_records.record("routine.group_set", place="SC1", data=group)
    for person, name in CLASSES.items():
        field_records.record("routine.member_added", person=person, data={"group": "SCH-SC1", "school_class": name})
    field_records.record("schools.class_set", place="SC1", data={"school_class": "一年级1班", "state": "in_use", "people": 3})
    field_records.record("schools.class_set", place="SC1", data={"school_class": "三年级1班", "state": "in_use"})
    return field_records


def planned(client: Any, **form: Any) -> None:
    """A campaign over the schools from today for three days."""
    sent = {"event": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "name": "开学检测", "from": "2022-03-18", "to": "2022-03-20", **form}
    with clock.at(NOW):
        answer = client.post(f"/schools/{TOWN}/plan/", sent)
    assert answer.status_code == 302, answer.content.decode()


def numbers(area: str = TOWN, **later: float) -> list[Any]:
    found = figures(Question(area, START, NOW + timedelta(**later)), "schools.")
    return [found[f"schools.{name}"] for name in NAMES]


def test_rtn_02_a_campaign_goes_by_school_and_class_and_names_who_is_left(school: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    planned(ben, classes="一年级1班\n一年级2班")
    school.now = NOW + timedelta(hours=1)
    school.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10, "round": "any"})
    with clock.at(NOW + timedelta(hours=2)):
        page = ben.get("/school/SC1/").content.decode()
        left = ben.get("/school-people/SC1/?state=left&as=csv").content.decode("utf-8-sig").splitlines()[1:]
        of_class = ben.get("/school-people/SC1/?class=一年级1班&as=csv").content.decode("utf-8-sig").splitlines()[1:]
        schools = ben.get(f"/schools/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[1:]

    assert sorted(Listed.objects.values_list("person", flat=True)) == ["P1", "P2", "P3"]
    rows = {
        re.sub("<[^>]+>", "", row.split("</th>")[0]).split(">")[-1]: re.findall(r"(\d+)/(\d+)", row)
        for row in page.split('<th scope="row"')[1:]
    }
    assert {name: found[0] for name, found in rows.items() if found} == {"一年级1班": ("1", "2"), "一年级2班": ("0", "1")}
    assert ["P2" in row or "P3" in row for row in left] == [True, True] and len(of_class) == 2
    assert [row.split(",")[:2] for row in schools] == [["河口小学", "2"], ["东岭小学", "0"]]
    assert numbers(hours=2) == [2, 4, 4, 1, 3, 1, 2, 0] and numbers(EAST, hours=2)[:3] == [1, 0, 0]
    assert {code for row in Reading.objects.filter(screen="schools.people") for code in row.codes} == {"P1", "P2", "P3"}


def test_a_class_that_is_closed_or_left_counts_no_more(school: Field):
    school.later(minutes=5).record("schools.class_set", place="SC1", data={"school_class": "一年级2班", "state": "closed"})
    school.record("routine.member_left", person="P5", data={"group": "SCH-SC1"})

    assert numbers()[:4] == [2, 2, 3, 1]


def test_the_figures_and_the_page_agree_on_who_belongs(school: Field):
    (west, _) = live(Place.objects.current().filter(category="school").order_by("-area", "code"), NOW)[::-1]

    assert (west.code, west.classes, len(west.people), west.unnamed) == (
        "SC1", ["一年级1班", "一年级2班", "三年级1班", "二年级1班"], 4, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "expected"),
    [("河口小学三年级2班", "三年级2班"), ("河口小学", ""), (" 河口小学 - 教职工", "教职工"), ("东岭小学一班", None), ("小学", None)],
)
def test_the_class_in_a_mark_of_the_register(mark: str, expected: str | None):
    assert class_of(mark, "河口小学") == expected


def test_who_bears_the_schools_mark_is_taken_over_with_the_class(field_records: Field, cast: Cast, sign_in: SignIn):
    Place.objects.create(code="SC1", category="school", name="河口小学", area=WEST, learned_at=START)
    Person.objects.filter(code="P2").update(tags=["河口小学一年级1班"])
    Person.objects.filter(code="P5").update(tags=["living_alone", "东岭小学一班"])
    ben = sign_in(cast.ben)
    with clock.at(NOW):
        assert "尚未建立该校名单" in ben.get("/school/SC1/").content.decode()
        ben.post("/school/SC1/")
    with clock.at(NOW + timedelta(minutes=1)):
        assert "底册中有 1 人带有该校标签" in ben.get("/school/SC1/").content.decode()
        ben.post("/school/SC1/")

    (joined,) = Event.objects.filter(kind="routine.member_added")
    assert (joined.person, joined.data) == ("P2", {"group": "SCH-SC1", "school_class": "一年级1班"})


def test_the_list_of_schools_asks_no_more_for_more_people(school: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)

    def asked() -> int:
        with (
            clock.at(NOW),
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            ben.get(f"/schools/{TOWN}/")
        return len(seen)

    asked()
    before = asked()
    for person in ("P4", "P6", "P7"):
        school.record("routine.member_added", person=person, data={"group": "SCH-SC1", "school_class": "四年级1班"})
    assert asked() == before


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ana", "/school/SC1/", 200), ("ana", "/school/SC2/", 404), ("ana", f"/schools/{WEST}/plan/", 403), ("dov", "/school/SC1/", 404),
     ("ben", "/school/S1/", 404), ("ana", "/school-people/SC1/", 200)],
)  # fmt: skip
def test_who_sees_which_school(school: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
