"""What a phone knows of the targets: pulled bit by bit it comes to the same as pulled at once, whatever was recorded in between."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeknit.campaigns import changes
from closeknit.campaigns.models import Reach
from closeknit.campaigns.planning import plan
from closeknit.ledger.models import Clock, Event
from closeknit.sync.assignment.tests.phone import Phone, phone_of, work_as
from tests.town import EAST, START, WEST, Field, campaign

pytestmark = pytest.mark.django_db
HOMES, PEOPLE, SHOPS, OUTCOMES = ("H1", "H2", "H3", "H4"), ("P1", "P2", "P4", "P5"), ("S1", "S2"), ("met", "absent", "refused")


@pytest.fixture
def phone(town: None) -> Phone:
    """The phone of a village's secretary, with a sweep, a round and a patrol."""
    plan(campaign("round", "testing.round", "persons"))
    plan(campaign("patrol", "venues.patrol", {"category": ["shop"]}))
    work_as("W1", "village_secretary")
    return phone_of("W1")


class Happening:
    """What happens between pulls: each step is a number that says what, and two that say to whom and how."""

    def __init__(self) -> None:
        self.field, self.said, self.finds, self.merges = Field(now=START + timedelta(hours=1)), [], [], []  # type: ignore[var-annotated]
        self.steps = (self.visit, self.sample, self.patrol, self.correct, self.withdraw, self.find, self.merge, self.part)

    def step(self, what: int, whom: int, how: int) -> None:
        """One step; those that need something earlier pass where there is nothing."""
        self.field.later(minutes=1)
        self.steps[what % len(self.steps)](whom, how)

    def _push(self, kind: str, **rest: object) -> UUID:
        event = self.field.event(kind, **rest)
        answer = self.field.push(event)[0]
        assert answer.status == "accepted", answer
        return UUID(event["id"])

    def _home(self, whom: int) -> str:
        homes = [*HOMES, *(f"found:{each}" for each in self.finds)]
        return homes[whom % len(homes)]

    def visit(self, whom: int, how: int) -> None:
        data = {"outcome": OUTCOMES[how % 3]}
        self.said.append((self._push("doorknock.visited", household=self._home(whom), data=data), "doorknock.visited"))

    def sample(self, whom: int, how: int) -> None:
        data = {"tube": f"T{how}", "pool": 10, "round": "round" if how % 3 else "another"}
        self.said.append((self._push("testing.sampled", person=PEOPLE[whom % 4], data=data), "testing.sampled"))

    def patrol(self, whom: int, how: int) -> None:
        data = {"code_posted": bool(how % 2), "scanning": True}
        self.said.append((self._push("venues.patrolled", place=SHOPS[whom % 2], data=data), "venues.patrolled"))

    def correct(self, whom: int, how: int) -> None:
        """A visit put right, perhaps as one to another household."""
        visits = [event for event, kind in self.said if kind == "doorknock.visited"]
        if visits:
            which, data = str(visits[how % len(visits)]), {"outcome": OUTCOMES[whom % 3], "reason": "误登"}
            self.said.append((self._push("doorknock.visited", household=self._home(whom), data=data, corrects=which), "doorknock.visited"))

    def withdraw(self, whom: int, how: int) -> None:
        if self.said:
            self._push("ledger.voided", corrects=str(self.said[whom % len(self.said)][0]), data={"reason": "误登"})

    def find(self, whom: int, how: int) -> None:
        area = WEST if how % 2 else EAST
        self.finds.append(self._push("registry.found", area=area, data={"what": "household", "landmark": f"棚{whom}"}))

    def merge(self, whom: int, how: int) -> None:
        if self.finds:
            code = f"found:{self.finds[whom % len(self.finds)]}"
            self.merges.append(self._push("registry.merged", household=code, data={"canonical": HOMES[how % 4]}))

    def part(self, whom: int, how: int) -> None:
        """A merge taken back."""
        if self.merges:
            self._push("ledger.voided", corrects=str(self.merges[whom % len(self.merges)]), data={"reason": "误并"})


STEPS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9), st.integers(0, 9)), max_size=6)


@given(rounds=st.lists(STEPS, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bit_by_bit_is_the_same_as_all_at_once(phone: Phone, rounds: list[list[tuple[int, int, int]]]):
    with transaction.atomic():
        happening = Happening()
        phone.parts, phone.digests, phone.reach, phone.arrival = {}, {}, {}, None
        for steps in rounds:
            for step in steps:
                happening.step(*step)
            phone.pull(at=START + timedelta(hours=9))
            whole = {(row[0], row[1]): row for row in phone.ask(at=START + timedelta(hours=9), arrival=None)["reach"]["rows"]}

            assert phone.reach == whole
        transaction.set_rollback(True)


def test_only_the_doors_that_were_knocked_at_since_are_told(phone: Phone):
    field = Field()
    field.record("doorknock.visited", household="H1", data={"outcome": "met"})
    phone.pull()
    field.later(minutes=5).record("doorknock.visited", household="H2", data={"outcome": "refused"})

    told = phone.pull()["reach"]

    assert told == {"all": False, "rows": [["sweep", "H2", "refused", 0, 1, "2022-03-18T01:05:00Z"]]}


def test_a_record_that_was_withdrawn_takes_back_what_the_phone_was_told(phone: Phone):
    field = Field()
    visit = field.record("doorknock.visited", household="H1", data={"outcome": "met"})
    phone.pull()
    field.later(minutes=5).record("ledger.voided", corrects=str(visit.id), data={"reason": "误登"})

    assert phone.pull()["reach"]["rows"] == [["sweep", "H1", "", 0, 0, ""]]
    assert phone.reach == {}


def test_a_second_correction_takes_back_what_the_first_one_said(phone: Phone):
    field = Field()
    visit = field.record("doorknock.visited", household="H1", data={"outcome": "met"})
    put_right = {"corrects": str(visit.id), "data": {"outcome": "met", "reason": "户号有误"}}
    field.later(minutes=1).record("doorknock.visited", household="H2", **put_right)
    phone.pull()
    field.later(minutes=1).record("doorknock.visited", household="H3", **put_right)

    phone.pull()

    assert [code for _, code in phone.reach] == ["H3"]


def test_what_others_did_elsewhere_is_not_told(phone: Phone):
    phone.pull()
    Field().record("doorknock.visited", household="H4", area=EAST, data={"outcome": "met"})

    assert phone.pull()["reach"] == {"all": False, "rows": []}


def test_a_record_that_was_pushed_from_elsewhere_of_a_household_here_is_told(phone: Phone):
    phone.pull()
    Field().record("doorknock.visited", household="H1", area=EAST, data={"outcome": "met"})

    assert [row[1] for row in phone.pull()["reach"]["rows"]] == ["H1"]


@pytest.mark.parametrize("behind", [-1, -1_000])
def test_a_phone_that_is_ahead_of_a_restored_server_is_told_everything(phone: Phone, behind: int):
    Field().record("doorknock.visited", household="H1", data={"outcome": "met"})
    phone.pull()
    arrival = Clock.objects.get().arrival

    assert phone.ask(arrival=arrival - behind)["reach"]["all"]
    assert not phone.ask(arrival=arrival)["reach"]["all"]


def test_a_phone_that_was_away_for_too_long_is_told_everything(phone: Phone, monkeypatch: pytest.MonkeyPatch):
    phone.pull()
    field = Field()
    for _ in range(3):
        field.later(minutes=1).record("doorknock.visited", household="H1", data={"outcome": "absent"})
    monkeypatch.setattr(changes, "MOST_RECORDS", 2)

    assert phone.ask()["reach"] == {"all": True, "rows": [["sweep", "H1", "absent", 0, 3, "2022-03-18T01:03:00Z"]]}


def test_a_campaign_that_was_planned_anew_is_told_from_the_beginning(phone: Phone):
    Field().record("doorknock.visited", household="H1", data={"outcome": "met"})
    phone.pull()
    plan(campaign("sweep", "doorknock", "households", **{"from": START + timedelta(hours=1, minutes=30)}))

    assert phone.pull()["reach"] == {"all": True, "rows": []}


def test_another_worker_on_the_same_phone_is_told_everything(phone: Phone):
    Field().record("doorknock.visited", household="H1", data={"outcome": "met"})
    phone.pull()
    work_as("W1", "village_worker")

    assert phone.pull()["reach"]["all"]


def test_who_knows_no_people_is_told_of_places_only(phone: Phone):
    work_as("W1", "inspector")
    field = Field()
    field.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field.record("venues.patrolled", place="S1", data={"code_posted": True, "scanning": True})

    assert [row[:2] for row in phone.pull()["reach"]["rows"]] == [["patrol", "S1"]]
    assert (Reach.objects.count(), Event.objects.count()) == (2, 2)
