"""The table of risk areas: pasted, ended, and kept in all its versions."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.returnees.kinds import RiskAreaSet
from closeknit.measures.riskareas.rules import Unreadable, lines
from tests.town import COUNTY, START, TOWN, Cast, account

TODAY = date(2022, 3, 18)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("430105 高风险 2022-03-14", {"where": "430105", "level": "high", "from": "2022-03-14"}),
        (
            "某市某区\t中风险区\t2022年3月14日\t2022/3/28",
            {"where": "某市某区", "level": "medium", "from": "2022-03-14", "until": "2022-03-28"},
        ),
        ("330402，低", {"where": "330402", "level": "low", "from": "2022-03-18"}),
    ],
)
def test_ret_03_a_pasted_line_is_read(line: str, entry: dict[str, str]):
    assert lines(f"\n{line}\n", TODAY) == [entry]


@pytest.mark.parametrize(("line", "words"), [("430105", "第 1 行"), ("430105 严重 2022-03-14", "风险等级"), ("430105 高 某日", "不是日期"),
                                             ("430105 高 2022-03-14 2022-03-01", "早于")])  # fmt: skip
def test_what_cannot_be_read_names_its_line_and_the_remedy(line: str, words: str):
    with pytest.raises(Unreadable) as caught:
        lines(line, TODAY)

    assert words in caught.value.text.of("zh-hans")


@pytest.fixture
def county(cast: Cast, client: Any) -> Iterator[Any]:
    client.force_login(account("sun", "county_supervisor", COUNTY))
    with clock.at(START + timedelta(hours=3)):
        yield client


PASTED = "430105 高风险 2022-03-14\n某市某区 中风险 2022-03-10 2022-03-12\n"


@pytest.mark.django_db
def test_ret_03_the_county_pastes_its_list_and_the_town_sees_it(county: Any, client: Any, cast: Cast):
    county.post(reverse("riskareas.keep"), {"lines": PASTED})
    assert [event.area for event in standing(RiskAreaSet)] == [COUNTY, COUNTY]
    client.force_login(cast.ben)
    page = client.get(reverse("riskareas.list")).content.decode()

    assert "430105" in page and "某市某区" not in page
    assert "某市某区" in client.get(reverse("riskareas.list") + "?state=past").content.decode()


@pytest.mark.django_db
def test_a_line_that_cannot_be_read_keeps_all_out(county: Any):
    answer = county.post(reverse("riskareas.keep"), {"lines": PASTED + "某县\n"})

    assert answer.status_code == 422 and "第 3 行" in answer.content.decode()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_ret_03_an_area_is_ended_and_both_versions_stay(county: Any):
    county.post(reverse("riskareas.keep"), {"lines": "430105 高风险 2022-03-14"})
    entry = standing(RiskAreaSet).get()
    county.post(reverse("riskareas.end", args=[entry.id]))

    assert standing(RiskAreaSet).get().data == {"where": "430105", "level": "high", "from": "2022-03-14", "until": "2022-03-18"}
    assert Event.objects.filter(kind="returnees.risk_area_set").count() == 2
    county.post(reverse("records.undo", args=[standing(RiskAreaSet).get().id]))


@pytest.mark.django_db
def test_who_does_not_keep_the_table_changes_nothing(county: Any, client: Any, cast: Cast):
    county.post(reverse("riskareas.keep"), {"lines": PASTED})
    entry = standing(RiskAreaSet).first()
    client.force_login(cast.ana)
    assert client.post(reverse("riskareas.end", args=[entry.id])).status_code == 403
    client.force_login(cast.ben)

    assert client.post(reverse("riskareas.end", args=[entry.id])).status_code == 404
    assert client.get(reverse("riskareas.keep")).status_code == 200
    client.post(reverse("riskareas.keep"), {"lines": "520100 低风险"})
    assert standing(RiskAreaSet).get(data__where="520100").area == TOWN


@pytest.mark.django_db
def test_who_entered_is_told_by_the_accounts_name_where_it_is_no_members(county: Any):
    Account.objects.filter(username="sun").update(name="孙主任")
    county.post(reverse("riskareas.keep"), {"lines": PASTED})
    page = county.get(reverse("riskareas.list") + "?as=csv").content.decode()

    assert ("孙主任" in page, ",sun," in page) == (True, False)
