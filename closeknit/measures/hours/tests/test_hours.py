"""From sign-ins and sign-outs to hours, people and person-times: against a plain reckoning; what does not add up; who is not qualified."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.workforce.days import pivot, services
from closeknit.measures.workforce.kinds import hours_by_day, stood
from closeknit.measures.workforce.presence import IN_TWICE, NO_IN, NO_OUT, Step, stints
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOON = datetime(2022, 3, 18, 12, tzinfo=UTC)
KINDS = {"+": "workforce.signed_in", "-": "workforce.signed_out"}


def steps(text: str) -> list[Step]:
    """`+a@0` is a sign-in of a at hour 0."""
    made = []
    for number, each in enumerate(text.split()):
        who, _, hour = each[1:].partition("@")
        made.append(Step(str(number), KINDS[each[0]], NOON + timedelta(hours=float(hour)), who, WEST, "CP1", "order", ""))
    return made


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", []),
        ("+a@0", [("a", 0, None, "")]),
        ("+a@0 -a@8", [("a", 0, 8, "")]),
        ("-a@8", [("a", None, 8, NO_IN)]),
        ("+a@0 +a@4 -a@8", [("a", 0, None, IN_TWICE), ("a", 4, 8, "")]),
        ("+a@0 +b@1 -a@2", [("a", 0, 2, ""), ("b", 1, None, "")]),
        ("+a@-40", [("a", -40, None, NO_OUT)]),
        ("+a@-40 +a@0 -a@8", [("a", -40, None, NO_OUT), ("a", 0, 8, "")]),
        ("+a@0 -a@8 -a@9", [("a", 0, 8, ""), ("a", None, 9, NO_IN)]),
    ],
)
def test_what_sign_ins_and_sign_outs_come_to(said: str, expected: list[Any]):
    def hour(moment: datetime | None) -> float | None:
        return None if moment is None else (moment - NOON) / timedelta(hours=1)

    made = stints(steps(said), NOON + timedelta(hours=10))

    assert [(each.step.member, hour(each.start), hour(each.end), each.odd) for each in made] == expected


def generated_day(records: Field) -> list[tuple[datetime, str, str, str, str]]:
    """Ten shifts of three members at two places over two days, some forgotten; (at, sign, member, place, unit) as a plain list."""
    chance, told = random.Random(4), []
    for shift in range(30):
        member, place = chance.choice(["W1", "W2", "W3"]), chance.choice(["CP1", "S2", ""])
        begin = START + timedelta(hours=2 + shift * 1.4 + chance.random())
        told.append((begin, "+", member, place, chance.choice(["", "司法局"])))
        if chance.random() < 0.8:
            told.append((begin + timedelta(hours=chance.uniform(0.2, 6)), "-", member, place, ""))
    told.sort(key=lambda each: each[0])
    for at, sign, member, place, unit in told:
        records.now = at
        data = {"post": "order", **({"unit": unit} if unit else {})} if sign == "+" else {}
        references = {"place": place} if place else {}
        records.record(KINDS[sign], member=member, device=f"D-{member}", area=EAST if place == "S2" else WEST, data=data, **references)
    return told


def test_dep_03_figures_and_pivot_equal_a_plain_reckoning_of_a_generated_day(field_records: Field):
    told, zone = generated_day(field_records), policy(TOWN).timezone
    end = START + timedelta(days=4)

    found = figures(Question(TOWN, START, end), "workforce.")
    rows = services(TOWN, START, end, policy(TOWN))

    ins = [(at.astimezone(zone).date(), member, place or WEST, unit) for at, sign, member, place, unit in told if sign == "+"]
    served = {(day, member, where) for day, member, where, _ in ins}
    assert found["workforce.people"] == len({member for _, member, _, _ in ins}) > 0
    assert found["workforce.person_times"] == len(served) == len(rows) > 0
    by_place = {where: sum(1 for each in served if each[2] == where) for where in {each[2] for each in served}}
    assert {key[0]: times for key, (_, times) in pivot(rows, ("where",)).items()} == by_place
    by_day = {day: len({each[1] for each in served if each[0] == day}) for day in {each[0] for each in served}}
    assert {key[0]: people for key, (people, _) in pivot(rows, ("day",)).items()} == by_day


def test_dep_12_hours_of_a_generated_day_equal_a_plain_reckoning(field_records: Field):
    told, pack = generated_day(field_records), policy(TOWN)
    now = told[-1][0] + timedelta(hours=1)

    found = hours_by_day(stood(TOWN, START, now), pack.timezone, now)

    minutes: dict[tuple[str, Any], float] = {}
    since: dict[str, datetime] = {}
    for at, sign, member, _, _ in told:
        begin = since.pop(member, None)
        if sign == "+":
            since[member] = at
        elif begin:
            _count(minutes, member, begin, at, pack.timezone)
    for member, begin in since.items():
        if now - begin <= timedelta(hours=36):
            _count(minutes, member, begin, now, pack.timezone)
    assert {key: round(hours, 6) for key, hours in found.items() if hours} == {key: round(each / 3600, 6) for key, each in minutes.items()}
    assert found


def _count(seconds: dict[tuple[str, Any], float], member: str, begin: datetime, end: datetime, zone: Any) -> None:
    midnight = (end.astimezone(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    for part, until in ((begin, min(end, midnight)), (max(begin, midnight), end)):
        if part < until:
            key = (member, part.astimezone(zone).date())
            seconds[key] = seconds.get(key, 0) + (until - part).total_seconds()


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_a_sign_out_without_sign_in_is_kept_listed_and_settled_by_the_clerk(field_records: Field, cast: Cast, sign_in: SignIn):
    step = field_records.record("workforce.signed_out", place="CP1", member="W1")
    client = sign_in(cast.ben)

    with clock.at(field_records.now + timedelta(hours=1)):
        before = rows(client, f"/duty/{TOWN}/hours/")
        client.post(
            "/record/deployment.hours_settled/", {"step": str(step.id), "hours": "7.5", "ref_area": WEST, "next": f"/duty/{TOWN}/hours/"}
        )
        after, settled = rows(client, f"/duty/{TOWN}/hours/"), rows(client, f"/duty/{TOWN}/hours/?state=settled")
        hours = hours_by_day(stood(TOWN, START, clock.now()), policy(TOWN).timezone, clock.now())

    assert [row[:3] for row in before] == [["村干部甲", "待核", "只有签退，无签到"]]
    assert (after, [row[7] for row in settled], list(hours.values())) == ([], ["7.5"], [7.5])


def test_only_a_step_of_ones_own_area_is_settled(field_records: Field, cast: Cast, sign_in: SignIn):
    step = field_records.record("workforce.signed_out", area=EAST, member="W2")

    answer = sign_in(cast.ana).post("/record/deployment.hours_settled/", {"step": str(step.id), "hours": "7"})

    assert (answer.status_code, "辖区内无此签到记录" in answer.content.decode()) == (422, True)
    assert not Event.objects.filter(kind="deployment.hours_settled").exists()


def test_dep_05_an_unqualified_person_is_refused_at_sampling_until_the_skill_is_confirmed(cast: Cast, sign_in: SignIn):
    client, form = sign_in(cast.ana), {"post": "采样"}

    refused = client.post("/record/workforce.signed_in/", form)
    client.force_login(cast.ben)
    unknown = client.post("/record/deployment.skill_confirmed/", {"worker": "W1", "skill": "飞行"})
    client.post(
        "/record/deployment.skill_confirmed/", {"worker": "W1", "skill": "sampling", "until": "2099-12-31", "certificate": "卫健局名册"}
    )
    listed = rows(client, f"/staffing/{TOWN}/skills/")
    client.force_login(cast.ana)
    taken = client.post("/record/workforce.signed_in/", form)

    assert (refused.status_code, "此岗位须具备“采样资质”" in refused.content.decode()) == (422, True)
    assert (unknown.status_code, "请填写下列资质之一" in unknown.content.decode()) == (422, True)
    assert listed == [["村干部甲", "有效", "采样资质", "西坪村", "2099-12-31", "卫健局名册"]]
    assert (taken.status_code, Event.objects.filter(kind="workforce.signed_in").count()) == (302, 1)


def test_dep_05_who_signed_in_by_phone_without_the_skill_is_flagged(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.record("workforce.signed_in", place="CP1", data={"post": "sampling_help"})
    client = sign_in(cast.ben)

    with clock.at(field_records.now + timedelta(hours=1)):
        on_duty, odd = rows(client, f"/duty/{TOWN}/?lacks=1"), rows(client, f"/duty/{TOWN}/hours/?what=unqualified")

    assert [row[:3] for row in on_duty] == [["村干部甲", "未确认资质", "协助采样"]]
    assert [(row[0], row[6]) for row in odd] == [("村干部甲", "采样资质")]


def test_dep_08_who_is_not_well_or_wears_nothing_is_seen(field_records: Field, cast: Cast, sign_in: SignIn):
    said = {"post": "checkpoint", "protection": ["mask", "gloves"], "well": True, "temperature": 36.5}
    event = field_records.record("workforce.signed_in", place="CP1", data=said)
    field_records.record("workforce.signed_in", member="W2", device="D2", place="S2", area=EAST, data={"post": "order", "well": False})
    client = sign_in(cast.ben)

    with clock.at(field_records.now + timedelta(hours=1)):
        every, bare = rows(client, f"/duty/{TOWN}/?sort=name"), rows(client, f"/duty/{TOWN}/?bare=1")

    assert [(row[0], row[1], row[6]) for row in every] == [("村干部乙", "身体不适，请替岗", ""), ("村干部甲", "在岗", "口罩、手套")]
    assert [row[0] for row in bare] == ["村干部乙"]
    assert "temperature" not in event.data


def test_dep_11_students_teachers_and_militia_count_under_the_same_model(field_records: Field, cast: Cast, sign_in: SignIn):
    for number, unit in enumerate(("民兵连", "县一中教师", "大学生志愿者", "县一中教师")):
        field_records.record("workforce.signed_in", member=f"W{number % 3 + 1}", place="CP1", data={"post": "order", "unit": unit})
        field_records.later(days=1)
    client = sign_in(cast.ben)

    with clock.at(field_records.now):
        found = rows(client, f"/duty/{TOWN}/days/?by=unit&sort=unit")

    assert sorted(found) == [["县一中教师", "2", "2"], ["大学生志愿者", "1", "1"], ["民兵连", "1", "1"]]


@pytest.mark.parametrize("by", ["day", "unit", "where", "post", "member", "all"])
def test_every_way_to_group_counts_the_same_person_times(field_records: Field, cast: Cast, sign_in: SignIn, by: str):
    generated_day(field_records)
    client = sign_in(cast.ben)

    with clock.at(field_records.now + timedelta(hours=1)):
        found = rows(client, f"/duty/{TOWN}/days/?by={by}")
        expected = figures(Question(COUNTY, START, clock.now()), "workforce.")["workforce.person_times"]

    assert sum(int(row[-1]) for row in found) == expected > 0
