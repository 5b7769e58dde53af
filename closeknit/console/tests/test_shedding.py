"""What is given up first while records from the field wait: files, then boards, then analyses; never what records or shows a list."""

from collections.abc import Iterator

import pytest
from django.test import Client

from closeknit.console import shedding
from tests.town import WEST, Cast

BOARD, ANALYSIS, LIST = f"/board/{WEST}/", "/figures/doorknock.visits/", f"/doorknock/{WEST}/gaps/"
FILE = f"{LIST}?as=xlsx"


@pytest.fixture
def waits() -> Iterator[list[float]]:
    """How long a record waits, to be set."""
    before, seconds = list(shedding._waiting), [0.0]
    shedding.measured_by(lambda: seconds[0])
    yield seconds
    shedding._waiting[:] = before


@pytest.fixture
def clerk(cast: Cast) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(cast.ben)
    return browser


@pytest.mark.parametrize(
    ("seconds", "given_up"),
    [(0.9, []), (1.0, [FILE]), (2.0, [FILE, BOARD]), (4.0, [FILE, BOARD, ANALYSIS]), (9.9, [FILE, BOARD, ANALYSIS])],
)
def test_the_order_in_which_extras_are_given_up(clerk: Client, waits: list[float], seconds: float, given_up: list[str]):
    waits[0] = seconds

    answers = {path: clerk.get(path).status_code for path in (FILE, BOARD, ANALYSIS, LIST)}

    assert [path for path, status in answers.items() if status == 503] == given_up
    assert answers[LIST] == 200


def test_who_is_turned_away_is_told_what_goes_on_and_when_to_come_again(clerk: Client, waits: list[float]):
    waits[0] = 2.5

    answer = clerk.get(BOARD)

    assert (answer.headers["Retry-After"], answer.headers["Refresh"]) == ("3", "3")
    assert "recording, lists and households stay open" in answer.content.decode()


def test_the_first_screen_stands_without_its_board(clerk: Client, waits: list[float]):
    with_board = clerk.get("/").content.decode()
    waits[0] = 2.0

    without = clerk.get("/")

    assert without.status_code == 200
    assert "the board waits" in without.content.decode() and "the board waits" not in with_board


def test_what_is_sent_is_never_turned_away(clerk: Client, waits: list[float]):
    waits[0] = 60.0

    assert clerk.post(BOARD).status_code != 503
