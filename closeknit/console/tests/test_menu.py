"""The menu: one line lit at most, and a phone's bar that holds what its reader does all day."""

from typing import Any

import pytest

from closeknit.access.models import Account
from closeknit.console.manifest import screens
from closeknit.console.menu import menu
from closeknit.console.screens import Screen
from closeknit.console.shell import Shell
from closeknit.policy.packs import adopt
from tests.town import COUNTY, TOWN, WEST, Cast

pytestmark = pytest.mark.django_db


def reader(role: str) -> Account:
    return Account(username="one", role=role, area=TOWN if role == "town_clerk" else WEST)


def named(name: str) -> Screen:
    return next(screen for screen in screens() if screen.name == name)


def lit(role: str, screen: str) -> list[str]:
    return [item.label.en for group in menu(reader(role), named(screen)) for item in group.items if item.current]


def bar(role: str) -> list[str]:
    shell = Shell.__new__(Shell)
    shell.__dict__["menu"] = menu(reader(role), None)
    return [item.label.en for item in shell.phone_items]


@pytest.mark.parametrize(
    ("screen", "line"),
    [
        ("doorknock.gaps", "Doors left"),
        ("doorknock.draw", "Call back"),
        ("venues.place", "Patrol of venues"),
        ("register.household", "Base numbers"),
        ("register.add", "In no list"),
        ("daily.bulletin", "Reports of the day"),
    ],
)
def test_a_page_lights_the_line_that_fits_it_best(screen: str, line: str):
    assert lit("town_clerk", screen) == [line]


@pytest.mark.parametrize("role", ["village_secretary", "town_clerk", "gate_staff"])
def test_no_page_lights_two_lines(role: str):
    assert [screen.name for screen in screens() if len(lit(role, screen.name)) > 1] == []


@pytest.mark.parametrize("screen", ["console.home", "console.account", "console.search"])
def test_a_page_of_the_frame_lights_none(screen: str):
    assert lit("town_clerk", screen) == []


@pytest.mark.parametrize(
    ("role", "lines"),
    [
        ("village_secretary", ["Doors left", "My report", "Records"]),
        ("town_clerk", ["Doors left", "Reports of the day", "Records"]),
        ("gate_staff", ["Checkpoints", "Records"]),
    ],
)
def test_the_bar_of_a_phone_holds_the_work_of_the_day(role: str, lines: list[str]):
    assert bar(role) == lines


def test_who_owes_no_report_is_offered_none_of_their_own():
    assert [item.label.en for group in menu(reader("town_clerk"), None) for item in group.items if item.url == "/report/"] == []


def test_what_the_pack_in_force_does_not_know_stands_in_no_menu(cast: Cast, client: Any):
    adopt(COUNTY, "generic-measles")
    client.force_login(cast.ben)

    assert "Rounds of testing" not in [item.label.en for group in menu(cast.ben, None) for item in group.items]
    assert client.get(f"/testing/{TOWN}/").status_code == 404
