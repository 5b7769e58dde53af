"""Under another disease's pack no screen behind the board speaks of COVID."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from tests.covid_words import covid_words
from tests.town import START, TOWN, Field, account, build, campaign

PAGES = (
    "/", f"/board/{TOWN}/?all=1", f"/board/{TOWN}/?at=2022-03-18T16:00", f"/arrivals/{TOWN}/", f"/checkpoints/{TOWN}/", "/checkpoint/CP1/",
    f"/checkpoints/{TOWN}/owed/", f"/venues/{TOWN}/", f"/venues/{TOWN}/places/?state=problems", "/venue/S1/", f"/problems/{TOWN}/",
    "/problem/P-1/", f"/results/{TOWN}/", f"/returnees/{TOWN}/?state=all", f"/outreach/{TOWN}/", f"/outreach/{TOWN}/records/",
    f"/duty/{TOWN}/", f"/duty/{TOWN}/days/", f"/vaccination/{TOWN}/", "/record/venues.patrolled/", "/record/returnees.declared/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_screen_speaks_of_another_disease(db: None, tmp_path: Path, client: Client, sign_in: Callable[[Any], Client], language: str):
    build(tmp_path, pack="generic-measles")
    plan(campaign("patrol", "venues.patrol", {"category": ["shop"]}))
    records = Field()
    records.record("venues.patrolled", place="S1", data={"code_posted": False, "scanning": False})
    records.record("checkpoints.person_checked", place="CP1", data={"decision": "admitted"})
    records.record("returnees.declared", household="H1", data={"name": "卢", "origin": "43", "arrived_at": "2022-03-17"})
    records.record("supervision.found", data={"problem": "P-1", "unit": TOWN, "title": "无人值守"})
    records.record("outreach.posted", data={"medium": "leaflet", "quantity": 9})
    records.record("workforce.signed_in", place="CP1", data={"post": "checkpoint"})
    signed_in = sign_in(account("ben", "town_clerk", TOWN, member="W3"))
    signed_in.cookies["django_language"] = language
    with translation.override(language), clock.at(START + timedelta(hours=8)):
        answers = {page: signed_in.get(page) for page in PAGES}

    assert {page: answer.status_code for page, answer in answers.items() if answer.status_code != 200} == {}
    assert {page: words for page, answer in answers.items() if (words := covid_words(answer.content.decode()))} == {}
