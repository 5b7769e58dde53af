"""A county with another outbreak: the gate asks nothing, and no screen says a word of the one before."""

import pytest

from tests.covid_words import covid_words
from tests.field.everywhere.walking import walk
from tests.field.inside import call_now
from tests.field.phones import Server, free_port
from tests.field.screens import until_kept

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def built_home(tmp_path_factory):
    """The small county under the pack for measles."""
    home = tmp_path_factory.mktemp("measles")
    Server(home, free_port()).ask("build", str(tmp_path_factory.mktemp("files")), "generic-measles")
    return home


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_screen_says_a_word_of_another_disease(enrolled, server, language):
    phone = enrolled("V1")
    said, seen = {}, []

    def look(screen: str) -> None:
        seen.append(screen)
        if words := covid_words(phone.page.content()):
            said[screen] = words

    walk(phone, look, card=server.ask("card", "V1"))

    assert said == {}
    assert len(seen) > 45


def test_where_the_pack_asks_nothing_a_person_passes_with_one_tap(enrolled, server):
    phone = enrolled("G1")
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="渡口卡点").tap()

    phone.page.locator("[data-person]").tap()

    until_kept(phone.page, 1)
    phone.context.set_offline(False)
    call_now(phone.page)
    phone.all_sent()
    assert [(each["kind"], each["told"]) for each in server.records()] == [("checkpoints.person_checked", {"decision": "admitted"})]
