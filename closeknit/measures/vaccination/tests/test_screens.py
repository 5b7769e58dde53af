"""Answers at the door where the pack asks for them, and doses given."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from closeknit.kit import clock
from tests.covid_words import covid_words
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account, build

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)


def answered(records: Field) -> None:
    for household, area, booster in (("H1", WEST, "agreed"), ("H2", WEST, "declined"), ("H4", EAST, "done")):
        records.record("doorknock.visited", household=household, area=area, data={"outcome": "met", "booster": booster})
    records.record("vaccination.given", person="P1", data={"dose": 3})
    records.later(hours=1).record("doorknock.visited", household="H2", data={"outcome": "met", "booster": "agreed"})


@pytest.fixture
def answers(field_records: Field) -> Iterator[Field]:
    answered(field_records)
    with clock.at(NOW):
        yield field_records


def rows(client: Any, area: str = TOWN) -> list[dict[str, str]]:
    text = client.get(f"/vaccination/{area}/?as=csv").content.decode("utf-8-sig")
    heading, *lines = [line.split(",") for line in text.splitlines()]
    return [{word: value for word, value in zip(heading, line, strict=True) if value != "0"} for line in lines]


def test_the_last_answer_of_each_household_and_the_doses_by_village(answers: Field, cast: Cast, sign_in: SignIn):
    assert rows(sign_in(cast.ben)) == [
        {"地区": "西坪村", "同意接种": "2", "尚未答复": "1", "接种剂次": "1"},
        {"地区": "东岭村", "已接种": "1", "尚未答复": "1"},
    ]


def test_under_another_disease_only_doses_are_shown(db: None, tmp_path: Path, sign_in: SignIn):
    build(tmp_path, pack="generic-measles")
    records = Field()
    records.record("vaccination.given", person="P2", data={"dose": 1})
    with clock.at(NOW):
        client = sign_in(account("ben", "town_clerk", TOWN, member="W3"))
        page = client.get(f"/vaccination/{TOWN}/").content.decode()

        assert rows(client) == [{"地区": "西坪村", "接种剂次": "1"}]
        assert covid_words(page) == []


@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("dov", TOWN, 404), ("chen", TOWN, 200)])
def test_who_sees_it(answers: Field, cast: Cast, sign_in: SignIn, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/vaccination/{area}/").status_code == status
