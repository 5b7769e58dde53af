"""Under the measles pack no page speaks of COVID: every address, in both languages, with a morning's records behind it."""

from datetime import timedelta
from pathlib import Path

import pytest

from closeknit.kit import clock
from closeknit.measures.doorknock.kinds import Visited
from tests.covid_words import covid_words
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.samples import Samples, address_of, lived_in
from tests.town import START, TOWN, Field, account, build

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def measles(db: None, tmp_path: Path) -> Samples:
    """The small county under `generic-measles`, with a morning's records."""
    build(tmp_path, pack="generic-measles")
    return lived_in(Field(), with_testing=False)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", ["town_clerk", "county_supervisor"])
def test_no_page_speaks_of_covid_under_measles(client, measles, role, language):
    client.force_login(account("reader", role, TOWN, member="W3"))
    client.cookies["django_language"] = language
    spoken = {}

    with clock.at(START + timedelta(hours=8)):
        for one in ADDRESSES:
            if one.name in {"console.sign_out", "console.about"}:
                continue
            answer = client.get(address_of(one, measles))
            if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
                words = covid_words(answer.content.decode())
                if words:
                    spoken[one.name] = words

    assert spoken == {}


def test_the_check_notices_the_word():
    assert covid_words(f"<p>{Visited.__doc__} 是否接种加强针</p>")
    assert not covid_words("<p>麻疹疫情</p>")
