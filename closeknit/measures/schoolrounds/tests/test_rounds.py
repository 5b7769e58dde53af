"""The weekly draw of all schools at once, its proof on paper, and what the board says of schools."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=3)
SCHOOLS = {"SC1": {"P1": "1班", "P2": "1班", "P3": "2班", "P4": "2班"}, "SC2": {"P5": "1班", "P6": "1班"}, "SC3": {}}


@pytest.fixture
def schools(field_records: Field) -> Field:
    """Two schools with classes, and a third of which nobody is named."""
    for number, (code, people) in enumerate(SCHOOLS.items()):
        area = (WEST, EAST, EAST)[number]
        Place.objects.create(code=code, category="school", name=f"第{number + 1}小学", area=area, learned_at=START)
        data = {"group": f"SCH-{code}", "label": code, "category": "pupils", "share": 0.5}
        field_records.record("routine.group_set", place=code, area=area, data=data)
        for person, name in people.items():
            said = {"group": f"SCH-{code}", "school_class": name}
            field_records.record("routine.member_added", person=person, area=area, data=said)
    return field_records


def drawn(client: Any, **form: str) -> Any:
    with clock.at(NOW):
        sent = {"event": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "until_day": "2022-03-20", **form}
        return client.post(f"/schools/{TOWN}/draw/", sent)


def again(parts: str, people: dict[str, str], share: float) -> tuple[str, str, list[str]]:
    """The draw as a stranger makes it from what stands on the paper: seed, fingerprint, whom."""
    sha = lambda text: hashlib.sha256(text.encode()).hexdigest()  # noqa: E731
    seed, whom = sha(parts), []
    for name in sorted(set(people.values())):
        line = sorted((code for code, of in people.items() if of == name), key=lambda code: sha(f"{seed}|{code}"))
        whom += line[: ceil(len(line) * share)]
    return seed, sha("\n".join(sorted(f"{of}|{code}" for code, of in people.items()))), whom


def test_rtn_02_every_school_is_drawn_class_by_class_and_a_stranger_draws_the_same_from_the_paper(
    schools: Field, cast: Cast, sign_in: SignIn
):
    ben = sign_in(cast.ben)
    assert drawn(ben).headers["Location"] == f"/schools/{TOWN}/proof/?day=2022-03-18"
    assert drawn(ben).status_code == 302 and Event.objects.filter(kind="routine.drawn").count() == 2, "the same form draws once"
    with clock.at(NOW + timedelta(hours=1)):
        page = ben.get(f"/schools/{TOWN}/proof/?day=2022-03-18").content.decode()

    papers = [re.findall(r"<code>([^<]+)</code>", paper) for paper in page.split('class="draw-proof')[1:]]
    assert len(papers) == 2
    for parts, seed, fingerprint, whom in papers:
        people = SCHOOLS[parts.split("|")[0].removeprefix("SCH-")]
        assert again(parts, people, 0.5) == (seed, fingerprint, whom.split())
    assert figures(Question(TOWN, START, NOW + timedelta(hours=1)), "schools.")["schools.drawn"] == 3
    assert figures(Question(EAST, START, NOW + timedelta(hours=1)), "schools.")["schools.drawn"] == 1


def test_a_draw_of_nobody_says_so(schools: Field, cast: Cast, sign_in: SignIn):
    answer = drawn(sign_in(cast.ben), schools="SC3")

    assert (answer.status_code, "尚无名单" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("form", "says"),
    [({"from": "2022-03-20", "to": "2022-03-18"}, "结束时间须晚于开始时间"), ({"classes": "九年级"}, "尚无名单"), ({"name": ""}, "请填写")],
)
def test_a_campaign_that_cannot_be_says_why(schools: Field, cast: Cast, sign_in: SignIn, form: dict[str, str], says: str):
    sent = {"event": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "name": "检测", "from": "2022-03-18", "to": "2022-03-18", **form}
    with clock.at(NOW):
        answer = sign_in(cast.ben).post(f"/schools/{TOWN}/plan/", sent)

    assert (answer.status_code, says in answer.content.decode()) == (422, True)


def test_the_board_names_schools_with_somebody_left_and_without_their_draw(schools: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)

    def board(**later: float) -> str:
        schools.now = NOW + timedelta(**later) - timedelta(minutes=1)
        schools.record("doorknock.visited", household="H1", data={"outcome": "absent"})  # an old board shows its last record's moment
        with clock.at(NOW + timedelta(**later)):
            return str(ben.get(f"/board/{TOWN}/").content.decode())

    with clock.at(NOW):
        sent = {"event": "017f9746-d0f8-71e4-8ad3-9952171a7ecb", "name": "开学", "from": "2022-03-18", "to": "2022-03-20"}
        ben.post(f"/schools/{TOWN}/plan/", sent)
    schools.now = NOW + timedelta(hours=1)
    schools.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10})

    assert ["学校未检人员" in board(hours=2), "未按期抽检" in board(hours=2)] == [False, False]
    assert "学校未检人员 5 人" in board(days=2)
    assert "2 所学校未按期抽检" in board(days=8)
    assert drawn(ben).status_code == 302
    assert "未按期抽检" not in board(days=6) and "2 所学校未按期抽检" in board(days=8)
