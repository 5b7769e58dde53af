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
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

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


def test_a_problem_leads_to_its_four_parties(problems: Field, cast: Cast, sign_in: SignIn):
    pages = [sign_in(who).get("/problem/P-1/").content.decode() for who in (cast.ben, account("ina", "inspector", TOWN))]

    assert f'href="/parties/{WEST}/name/?problem=P-1"' in pages[0]
    assert f'href="/parties/{WEST}/?q=P-1"' in pages[1]


def test_a_new_problem_gets_the_next_free_number(problems: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get(f"/problems/{TOWN}/").content.decode()

    assert "problem=P-5" in html.unescape(page)


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/problems/{WEST}/", 200), ("ana", f"/problems/{EAST}/", 404), ("ana", "/problem/P-1/", 200),
        ("ana", "/problem/P-3/", 404),
        ("chen", f"/problems/{WEST}/", 403), ("dov", f"/problems/{TOWN}/", 404), ("dov", "/problem/P-1/", 404),
        ("ben", "/problem/none/", 404),
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


def form_of(client: Any, kind: str, **data: str) -> Any:
    """What the console answers to a record."""
    return client.post(f"/record/supervision.{kind}/", {"event": str(uuid4()), "ref_area": WEST, **data})


def test_ins_02_a_problem_is_handed_over_with_a_date_by_which_it_must_be_put_right(problems: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    before = numbers(client, "state=late")

    answer = form_of(client, "handed_over", problem="P-1", to="W1", due_at="2022-03-25T18:00")

    row = Problem.objects.get(topic="P-1")
    assert (answer.status_code, row.state, row.owner, row.due_at) == (302, "handed_over", "W1", "2022-03-25T18:00:00+08:00")
    assert (before, numbers(client, "state=late")) == (["P-1", "P-4"], ["P-4"])


def test_ins_03_a_look_back_that_fails_opens_the_problem_again_and_one_that_is_well_closes_it(problems: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    assert form_of(client, "looked_back", problem="P-2", outcome="reopened").status_code == 302
    assert ("P-2" in numbers(client, "state=late"), Problem.objects.get(topic="P-2").times_reopened) == (True, 1)

    for kind, rest in (("rectified", {}), ("looked_back", {"outcome": "closed"})):
        problems.later(minutes=5)
        with clock.at(NOW + timedelta(minutes=5)):
            assert form_of(client, kind, problem="P-2", **rest).status_code == 302

    assert Problem.objects.get(topic="P-2").state == "closed"


@pytest.mark.parametrize("outcome", ["closed", "reopened"])
def test_ins_03_a_second_look_back_of_a_closed_problem_is_refused_with_what_to_do(
    problems: Field, cast: Cast, sign_in: SignIn, outcome: str
):
    client = sign_in(cast.ben)

    answer = form_of(client, "looked_back", problem="P-3", outcome=outcome)

    assert answer.status_code == 422
    assert "该问题已于 2022-03-18 销号，无需再登记。如问题再次出现，请以相同名称登记新问题" in answer.content.decode()
    assert "再次发现同样问题" in client.get("/problem/P-3/").content.decode()


def test_ins_03_a_second_look_back_by_phone_is_kept_shown_and_cleared_by_withdrawing_it(problems: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    second = problems.later(hours=1).record("supervision.looked_back", data={"problem": "P-3", "outcome": "closed"})

    with clock.at(problems.now + timedelta(minutes=1)):
        seen = (numbers(client, "state=after_closing"), "1 个问题销号后又有登记" in client.get(f"/board/{TOWN}/").content.decode())
        assert "该问题销号后又有登记" in client.get("/problem/P-3/").content.decode()
        client.post(f"/record/withdraw/{second.id}/", {"reason": "重复登记"})

    assert seen == (["P-3"], True)
    assert (Problem.objects.get(topic="P-3").state, numbers(client, "state=after_closing")) == ("closed", [])
