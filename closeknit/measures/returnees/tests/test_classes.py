"""The class of a return by rule, what follows, and that it ends by itself."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.returnees.rules import Classed, Declaration, RiskArea, classify, control
from tests.town import COUNTY, EAST, OTHER_COUNTY, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
ARRIVED = date(2022, 3, 18)
MEASURES = {"high": {"measure": "central", "days": 7, "rule": "risk_high", "tests": [1, 7]}, "medium": {"measure": "home", "days": 5}}


def area(name: str, where: str, level: str, starts: str, ends: str = "") -> RiskArea:
    return RiskArea(name, where, level, date.fromisoformat(starts), date.fromisoformat(ends) if ends else None, "99")


TABLE = [
    area("A", "430105", "high", "2022-03-10"), area("B", "温岭", "medium", "2022-03-01", "2022-03-08"),
    area("C", "330402", "high", "2022-02-01", "2022-03-03"), area("D", "44", "low", "2022-04-02"),
]  # fmt: skip
CASES = {
    "in the area": (("430105",), "", "high", ("E", "A")),
    "below the area": (("430105001",), "", "high", ("E", "A")),
    "above the area: nobody knows where": (("4301",), "", "", ()),
    "by words": (("浙江省溫嶺市",), "", "medium", ("E", "B")),
    "the area ended before the look-back": (("330402",), "", "", ()),
    "the area became one after the look-back": (("440100",), "", "", ()),
    "on the way": (("520100", "430105"), "", "high", ("E", "A")),
    "as it was declared": (("520100",), "medium", "medium", ("E",)),
    "declared low, stayed in high": (("430105",), "low", "high", ("E", "A")),
}


@pytest.mark.parametrize(("stays", "said", "level", "evidence"), CASES.values(), ids=CASES)
def test_ret_03_the_class_follows_from_where_somebody_stayed(stays: tuple[str, ...], said: str, level: str, evidence: tuple[str, ...]):
    classed = classify(Declaration("E", ARRIVED, stays, said), TABLE, 14, MEASURES)

    assert (classed.level, classed.evidence) == (level, evidence)


@pytest.mark.parametrize(("days", "level"), [(7, ""), (9, ""), (10, "medium"), (14, "medium")])
def test_ret_03_the_look_back_is_the_packs(days: int, level: str):
    assert classify(Declaration("E", ARRIVED, ("温岭",)), TABLE, days, MEASURES).level == level


def test_ret_03_what_follows_names_rule_evidence_end_and_tests():
    classed = classify(Declaration("E", ARRIVED, ("430105",)), TABLE, 14, MEASURES)

    assert classed == Classed("high", "risk_high", ("E", "A"), "central", date(2022, 3, 25), (date(2022, 3, 19), date(2022, 3, 25)))


@pytest.mark.parametrize(
    ("measure", "until", "today", "state"),
    [
        ("home", date(2022, 3, 25), date(2022, 3, 25), "under"), ("home", date(2022, 3, 25), date(2022, 3, 26), "ended"),
        ("none", date(2022, 3, 25), date(2022, 3, 20), "none"), ("", None, date(2022, 3, 20), "none"),
    ],
)  # fmt: skip
def test_ret_04_a_measure_ends_by_itself_with_its_last_day(measure: str, until: date | None, today: date, state: str):
    assert control(measure, until, today) == state


SAID = {
    "origin": "430105",
    "arrived_at": "2022-03-18",
    "name": "卢兰利",
    "way": "self",
    "via": ["贵阳"],
    "transport": "bus",
    "transport_no": "湘U1",
}


@pytest.fixture
def returned(field_records: Field) -> Iterator[Field]:
    """One from an area that the county sets to high risk a day later, one from nowhere special."""
    field_records.record("returnees.declared", person="P1", household="H1", data={**SAID, "phone": "19900000001", "address": "1组1号"})
    field_records.record("returnees.declared", area=EAST, household="H4", data={**SAID, "origin": "520100", "name": "喆𬱖", "way": "phone"})
    field_records.later(hours=20).record(
        "returnees.risk_area_set", area=COUNTY, data={"where": "430105", "level": "high", "from": "2022-03-17"}
    )
    with clock.at(START + timedelta(days=2)):
        yield field_records


def told(client: Any, query: str = "state=all") -> list[dict[str, str]]:
    heading, *rows = [line.split(",") for line in client.get(f"/returnees/{TOWN}/?as=csv&{query}").content.decode("utf-8-sig").splitlines()]
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.mark.django_db
def test_ret_03_the_list_shows_class_measure_end_and_why(returned: Field, cast: Cast, sign_in: SignIn):
    first, second = told(sign_in(cast.ben), "state=all&sort=at")

    assert [first[name] for name in ("姓名", "旅居风险", "管理措施", "管理至", "管理状态")] == [
        "卢＊＊",
        "高风险",
        "集中隔离",
        "2022-03-25",
        "管理中",
    ]
    assert "依据 2 条记录" in first["依据规则"] and first["检测日"].startswith("03-19")
    assert [second[name] for name in ("旅居风险", "管理措施", "管理状态")] == ["", "", ""]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "names"), [("level=high", ["卢＊＊"]), ("control=under", ["卢＊＊"]), ("control=ended", []), ("level=low", [])]
)
def test_ret_04_who_is_under_a_measure_can_be_listed(returned: Field, cast: Cast, sign_in: SignIn, query: str, names: list[str]):
    assert [row["姓名"] for row in told(sign_in(cast.ben), f"state=all&{query}")] == names


@pytest.mark.django_db
def test_ret_04_the_measure_ends_without_a_press_and_a_line_says_so(returned: Field, cast: Cast, sign_in: SignIn):
    with clock.at(START + timedelta(days=8)):
        page = sign_in(cast.ben).get(f"/returnees/{TOWN}/?state=all&at=now").content.decode()

    assert "1 人的管理措施到期自动解除" in page and "已到期自动解除" in page
    assert set(Event.objects.values_list("kind", flat=True)) == {"returnees.declared", "returnees.risk_area_set"}


@pytest.mark.django_db
def test_ret_04_an_order_that_stands_goes_before_the_rule(returned: Field, cast: Cast, sign_in: SignIn):
    evidence = [str(Event.objects.get(kind="returnees.declared", person="P1").id)]
    order = {"measure": "home", "rule": "risk_high", "evidence": evidence, "until": "2022-03-23", "told": "spoken"}
    returned.record("isolation.ordered", person="P1", data=order)

    (row,) = told(sign_in(cast.ben), "state=all&control=under")
    assert [row[name] for name in ("管理措施", "管理至")] == ["居家隔离", "2022-03-23"]


@pytest.mark.django_db
def test_ret_03_a_table_of_another_county_is_not_heeded(returned: Field, cast: Cast, sign_in: SignIn):
    returned.record("returnees.risk_area_set", area=OTHER_COUNTY, data={"where": "520100", "level": "high", "from": "2022-03-01"})

    assert [row["旅居风险"] for row in told(sign_in(cast.ben), "state=all&sort=at")] == ["高风险", ""]


@pytest.mark.django_db
def test_ret_01_who_declared_themselves_and_waits_stands_out(returned: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    assert "1 人自主填报，尚未上门核查" in client.get(f"/returnees/{TOWN}/").content.decode()
    assert [row["姓名"] for row in told(client, "state=open&way=self")] == ["卢＊＊"]
    returned.record("returnees.verified", household="H1", data={"outcome": "confirmed"})
    assert "自主填报，尚未上门" not in client.get(f"/returnees/{TOWN}/").content.decode()


@pytest.mark.django_db
def test_ret_02_a_return_is_kept_with_route_transport_contact_and_address(returned: Field):
    event = Event.objects.get(kind="returnees.declared", person="P1")

    assert event.told() == {**SAID, "phone": "19900000001", "address": "1组1号"}
    assert event.data == {"way": "self"}


@pytest.mark.django_db
def test_the_list_costs_as_many_statements_for_many_as_for_one(returned: Field, cast: Cast, sign_in: SignIn, django_assert_max_num_queries):
    for _ in range(30):
        returned.record("returnees.declared", person="P3", household="H2", data=SAID)
    client = sign_in(cast.ben)
    with django_assert_max_num_queries(60):
        client.get(f"/returnees/{WEST}/?state=all&control=under")


@pytest.mark.django_db
def test_a_rule_without_words_in_the_pack_is_told_by_its_class(returned: Field, cast: Cast, sign_in: SignIn):
    returned.record("returnees.declared", person="P3", household="H3", data={**SAID, "origin": "520100", "risk_stay": "low"})
    client = sign_in(cast.ben)

    assert "旅居风险：低风险（依据 1 条记录）" in [row["依据规则"] for row in told(client)]
    assert "risk_low" not in client.get(f"/returnees/{TOWN}/?state=all").content.decode()
