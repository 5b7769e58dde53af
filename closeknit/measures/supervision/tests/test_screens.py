"""The problem list on the screen, from found to closed."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from closeknit.kit import clock
from closeknit.measures.supervision.models import Problem
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)


@pytest.fixture
def problems(field_records: Field) -> Iterator[Field]:
    """One overdue, one rectified, one closed, one reopened; the western village has the same one twice."""
    said = {
        "P-1": (WEST, "未测温", "2022-03-17"), "P-2": (WEST, "未测温", ""), "P-3": (EAST, "底数不清", ""),
        "P-4": (EAST, "无人值守", "2022-04-01"),
    }  # fmt: skip
    for number, (unit, title, due_at) in said.items():
        data = {"problem": number, "unit": unit, "title": title, "severity": "medium", **({"due_at": due_at} if due_at else {})}
        field_records.record("supervision.found", area=unit, data=data)
    for number in ("P-2", "P-3", "P-4"):
        field_records.later(minutes=5).record("supervision.rectified", data={"problem": number})
    for number, outcome in (("P-3", "closed"), ("P-4", "reopened")):
        field_records.later(minutes=5).record("supervision.looked_back", data={"problem": number, "outcome": outcome})
    with clock.at(NOW):
        yield field_records


def numbers(client: Any, query: str = "") -> list[str]:
    """The numbers of the listed problems in order."""
    text = client.get(f"/problems/{TOWN}/?as=csv&{query}").content.decode("utf-8-sig")
    return [line.split(",")[-1] for line in text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["P-1", "P-4", "P-2"]), ("state=", ["P-1", "P-4", "P-2", "P-3"]), ("state=late", ["P-1", "P-4"]),
        ("state=rectified", ["P-2"]),
        ("state=closed", ["P-3"]), ("q=无人", ["P-4"]), ("unit=西坪村", ["P-1", "P-2"]), ("severity=high", []),
        ("sort=-number", ["P-4", "P-2", "P-1"]),
    ],
)  # fmt: skip
def test_overdue_problems_stand_first_and_filters_narrow(problems: Field, cast: Cast, sign_in: SignIn, query: str, expected: list[str]):
    assert numbers(sign_in(cast.ben), query) == expected


def test_a_problems_page_tells_its_story_with_names(problems: Field, cast: Cast, sign_in: SignIn):
    problems.record("supervision.handed_over", area=EAST, data={"problem": "P-4", "to": "W2"})
    page = sign_in(cast.ben).get("/problem/P-4/").content.decode()
    story = re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", page.split('class="timeline"')[1].split("</ol>")[0])

    assert [line.split(" ", 2)[2] for line in story] == [
        "村干部甲 发现：无人值守",
        "村干部甲 整改完成",
        "村干部甲 回头看：重新整改",
        "村干部甲 当面交办：村干部乙",
    ]


def test_the_buttons_lead_to_forms_that_know_the_problem_and_record_its_next_step(problems: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    page = client.get("/problem/P-2/").content.decode()
    url = next(html.unescape(url) for url in re.findall(r'href="([^"]+)"', page) if "outcome=closed" in url)
    form = client.get(url).content.decode()
    hidden = dict(re.findall(r'name="(event|next)" value="([^"]*)"', form))
    answer = client.post(url, {**hidden, "problem": "P-2", "outcome": "closed", "ref_area": WEST})

    assert (answer.status_code, answer["Location"]) == (302, "/problem/P-2/")
    assert Problem.objects.get(topic="P-2").state == "closed"


def test_a_new_problem_gets_the_next_free_number(problems: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get(f"/problems/{TOWN}/").content.decode()

    assert "problem=P-5" in html.unescape(page)


def test_repeats_are_counted_by_unit(problems: Field, cast: Cast, sign_in: SignIn):
    text = sign_in(cast.ben).get(f"/problems/{TOWN}/units/?as=csv").content.decode("utf-8-sig")

    assert text.splitlines()[1:] == ["西坪村,1,0,2,2", "东岭村,0,1,2,1"]


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/problems/{WEST}/", 200), ("ana", f"/problems/{EAST}/", 404), ("ana", "/problem/P-1/", 200),
        ("ana", "/problem/P-3/", 404),
        ("chen", f"/problems/{WEST}/", 403), ("dov", f"/problems/{TOWN}/", 404), ("dov", "/problem/P-1/", 404),
        ("dov", f"/problems/{TOWN}/units/", 404), ("ben", "/problem/none/", 404),
    ],
)  # fmt: skip
def test_who_sees_which_problems(problems: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status


def test_where_there_is_none_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    assert "督查发现的问题在此登记" in sign_in(cast.ben).get(f"/problems/{TOWN}/").content.decode()


@pytest.mark.parametrize("kind", ["found", "handed_over", "rectified", "looked_back"])
def test_nobody_closes_or_takes_over_a_problem_of_another_area(problems: Field, cast: Cast, sign_in: SignIn, kind: str):
    said = {"problem": "P-1", "unit": EAST, "title": "无", "to": "W2", "evidence": "x", "outcome": "closed"}
    before = Problem.objects.filter(topic="P-1").values().get()

    answer = sign_in(cast.dov).post(f"/record/supervision.{kind}/", {"event": str(uuid4()), **said})

    assert answer.status_code == 422
    assert Problem.objects.filter(topic="P-1").values().get() == before


def test_a_problem_whose_number_or_time_is_none_does_not_reach_the_pages(problems: Field, cast: Cast, sign_in: SignIn):
    said = {"unit": WEST, "title": "未测温"}
    odd = [{"problem": "P\n9"}, {"problem": " "}, {"problem": "P" * 121}, {"problem": "P-8", "due_at": "0001-01-01T00:00:00+14:00"},
           {"problem": "P-7", "due_at": "9999-12-31"}]  # fmt: skip

    answers = problems.push(*(problems.event("supervision.found", data=said | each) for each in odd))

    client = sign_in(cast.ben)
    assert {answer.status for answer in answers} == {"rejected"}
    assert [client.get(page).status_code for page in ("/", f"/board/{TOWN}/", f"/problems/{TOWN}/")] == [200, 200, 200]
