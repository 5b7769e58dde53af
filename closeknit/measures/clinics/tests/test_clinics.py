"""Medical institutions, private ones too: checked, reporting fever visits each day, passing each visit up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.clinics import watch
from closeknit.measures.command.kinds import Look
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[..., Any]
EVENING = START + timedelta(hours=11)  # 19:00 of the 18th
NAMES = (
    "institutions", "checked", "unchecked", "faulty", "reports_due", "reports_made", "reports_missing", "fever_visits", "not_passed_up",
)  # fmt: skip
DAY = "2022-03-18"


def the_figures(area: str = TOWN, **asked: Any) -> tuple[Any, ...]:
    reckoned = figures(Question(area, START, EVENING, **asked), "clinics.")
    return tuple(reckoned[f"clinics.{name}"] for name in NAMES)


@pytest.fixture
def clinics(field_records: Field) -> Field:
    """A hospital without a fever clinic, a private clinic with a visit too few passed up, and one of which nobody heard."""
    for code, category, area in (("H1", "hospital", WEST), ("C1", "clinic", WEST), ("C2", "private_hospital", EAST)):
        Place.objects.create(code=code, category=category, name=f"{code}机构", area=area, learned_at=START - timedelta(days=1))
    field_records.record("clinics.checked", place="H1", data={"triage": "works", "fever_clinic": "none"})
    field_records.record("clinics.checked", place="C1", data={"triage": "works", "fever_clinic": "none", "scanning": True})
    field_records.record("clinics.day_reported", place="H1", data={"day": DAY, "fever_visits": 0})
    field_records.record("clinics.day_reported", place="C1", data={"day": DAY, "fever_visits": 1})
    field_records.later(minutes=5).record("clinics.day_reported", place="C1", data={"day": DAY, "fever_visits": 4, "passed_up": 1})
    field_records.record("clinics.passed_up", place="C1", data={"day": DAY, "number": 2, "to": "county"})
    return field_records


def test_enf_09_the_figures_count_checks_reports_and_visits_not_passed_up(clinics: Field):
    before = the_figures()
    clinics.later(minutes=5).record("clinics.passed_up", place="C1", data={"day": DAY, "number": 1, "to": "hospital"})
    clinics.record("clinics.passed_up", place="C2", area=EAST, data={"day": DAY, "number": 1, "to": "hospital"})

    assert before == (3, 2, 1, 1, 3, 2, 1, 4, 1)
    assert the_figures() == (3, 2, 1, 1, 3, 2, 1, 4, 0)
    assert the_figures(WEST, as_of=clinics.now - timedelta(minutes=1)) == (2, 2, 0, 1, 2, 2, 0, 4, 1)


def test_enf_09_a_visit_not_passed_up_and_a_day_not_reported_are_lines_on_the_board(clinics: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(EVENING):
        boards = [
            [[(str(case.name), case.number, str(case.note)) for case in rule(look).cases]
             for rule in (watch.left, watch.missing, watch.faulty, watch.unchecked)]
            for as_of in (None, EVENING)
            for look in (Look(cast.ben, Area.objects.current().get(code=TOWN), EVENING, as_of, policy(TOWN)),)
        ]  # fmt: skip
        rows = client.get(f"/clinics/{TOWN}/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
        page = client.get("/clinic/C1/").content.decode()

    for board in boards:
        assert board == [[("C1机构", 1, DAY)], [("C2机构", 1, DAY)], [("H1机构", 1, "未设发热门诊")], [("C2机构", 1, "")]]
    assert [row.split(",")[:6] for row in rows] == [
        ["C1机构", "1", "已报", "4", "正常", ""], ["C2机构", "0", "未报", "", "从未检查", ""],
        ["H1机构", "0", "已报", "0", "存在问题", "未设发热门诊"],
    ]  # fmt: skip
    assert f"/record/clinics.passed_up/?place=C1&amp;area={WEST}&amp;next=%2Fclinic%2FC1%2F&amp;day={DAY}&amp;number=1" in page


@pytest.mark.parametrize(
    ("kind", "place", "said", "why"),
    [
        ("day_reported", "S1", {"day": DAY, "fever_visits": 0}, "该场所不是医疗机构"),
        ("day_reported", "C2", {"day": "2022-03-19", "fever_visits": 0}, "该日期尚未到来"),
        ("day_reported", "C2", {"day": DAY, "fever_visits": 1, "passed_up": 2}, "上报人次多于发热就诊人次"),
        ("passed_up", "C2", {"day": DAY, "number": 1, "to": "county"}, "请先登记日报"),
        ("passed_up", "C1", {"day": DAY, "number": 2, "to": "county"}, "仅有 1 人次未上报"),
        ("passed_up", "C1", {"day": DAY, "number": 1, "to": "county"}, ""),
    ],
)
def test_enf_09_at_the_desk_what_cannot_be_is_refused(
    clinics: Field, cast: Cast, sign_in: SignIn, kind: str, place: str, said: dict[str, Any], why: str
):
    before = Event.objects.count()
    with clock.at(EVENING):
        form = {"ref_place": place, "chosen_place": place, **said}
        answer = sign_in(cast.ben).post(f"/record/clinics.{kind}/", form)

    assert (answer.status_code, why in answer.content.decode()) == (422 if why else 302, True)
    assert Event.objects.count() == before + (not why)
