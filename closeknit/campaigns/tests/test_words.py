"""The last words that are told from the kept reach are those that the records themselves say, whenever and as known whenever one looks."""

import random
from datetime import timedelta
from uuid import UUID

import pytest

from closeknit.campaigns import coverage as module
from closeknit.campaigns import words as told
from closeknit.campaigns.coverage import coverage
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.planning import plan
from closeknit.campaigns.queries import View, targets
from closeknit.campaigns.words import Words, words
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.reports.figures import Question, figures
from tests.town import START, TOWN, Field, campaign

OUTCOMES = ("met", "absent", "refused", "moved", "vacant")
HOUSEHOLDS = ("H1", "H2", "H3", "H4", "H5")
DAYS = 3


class Story:
    """A few days in which much is said, put right, withdrawn, found, merged and parted again, some of it learned much later."""

    def __init__(self, records: Field, seed: int) -> None:
        self.records, self.lot = records, random.Random(seed)
        self.visits: list[UUID] = []
        self.merges: list[UUID] = []
        self.codes = list(HOUSEHOLDS)

    def goes_on(self) -> None:
        """One thing more, some minutes or hours later."""
        self.records.later(minutes=self.lot.choice((1, 20, 90, 400)))
        self.lot.choices((self.visit, self.put_right, self.withdraw, self.find, self.merge, self.part), (8, 2, 1, 2, 2, 2))[0]()

    def visit(self) -> None:
        ago = timedelta(minutes=self.lot.choice((0, 0, 0, 30, 600)))  # what was done in a valley is learned later
        data = {"outcome": self.lot.choice(OUTCOMES), "booster": self.lot.choice(("agreed", "declined"))}
        when = (self.records.now - ago).isoformat()
        held = self.records.record("doorknock.visited", household=self.lot.choice(self.codes), data=data, at=when)
        self.visits.append(held.id)

    def put_right(self) -> None:
        for visit in self.lot.sample(self.visits, min(1, len(self.visits))):
            held = Event.objects.get(id=visit)
            data = {"outcome": self.lot.choice(OUTCOMES), "reason": "记错"}
            self.records.record("doorknock.visited", household=held.household, data=data, corrects=str(visit), at=held.said_at.isoformat())

    def withdraw(self) -> None:
        for visit in self.lot.sample(self.visits, min(1, len(self.visits))):
            self.records.record("ledger.voided", corrects=str(visit), data={"reason": "重复"})

    def find(self) -> None:
        self.codes.append(f"found:{self.records.record('registry.found', data={'what': 'household'}).id}")

    def merge(self) -> None:
        for code in self.lot.sample(self.codes[len(HOUSEHOLDS) :], min(1, len(self.codes) - len(HOUSEHOLDS))):
            data = {"canonical": self.lot.choice(HOUSEHOLDS), "reference": "household"}
            self.merges.append(self.records.record("registry.merged", household=code, data=data).id)

    def part(self) -> None:
        for merge in self.lot.sample(self.merges, min(1, len(self.merges))):
            self.records.record("ledger.voided", corrects=str(merge), data={"reason": "不是同一户"})


def plain(found: Words) -> tuple[dict, dict]:
    """What it says, without those of whom nothing is said."""
    return {word: codes for word, codes in found.said.items() if codes}, {value: codes for value, codes in found.kept.items() if codes}


@pytest.mark.parametrize("seed", range(4))
def test_the_kept_reach_and_the_records_say_the_same_at_every_moment(field_records: Field, monkeypatch, seed: int):
    planned, story = plan(campaign("sweep", "doorknock", "households")), Story(field_records, seed)
    for _ in range(60):
        story.goes_on()
    moments = [START + timedelta(hours=hours) for hours in range(0, 24 * DAYS, 5)]
    looks = [(until, as_of) for until in moments[::2] for as_of in (None, *moments)]

    def all_told() -> list[tuple[dict, dict]]:
        due = [targets(planned, View(TOWN, until, as_of)) for until, as_of in looks]
        found = [words(planned, who, until=look[0], as_of=look[1], keeping="booster") for who, look in zip(due, looks, strict=True)]
        return [plain(each) for each in found]

    from_reach = all_told()
    monkeypatch.setattr(told, "FEW", 2)  # as where so many are due that all of the campaign are looked at
    of_many = all_told()
    monkeypatch.setattr(told, "_changed", lambda *_: None)

    assert len({str(each) for each in from_reach}) > 5, "a story in which things change"
    assert from_reach == of_many == all_told()


def test_what_was_withdrawn_or_put_right_later_still_stood_then(field_records: Field):
    voided, righted = (field_records.record("doorknock.visited", household=code, data={"outcome": "met"}) for code in ("H1", "H2"))
    known = field_records.now
    field_records.later(hours=1).record("ledger.voided", corrects=str(voided.id), data={"reason": "重复"})
    right = {"outcome": "refused", "reason": "记错"}
    field_records.record("doorknock.visited", household="H2", data=right, corrects=str(righted.id), at=known.isoformat())
    sweep, until = Campaign.objects.current().get(code="sweep"), known + timedelta(hours=2)

    assert coverage(sweep, TOWN, until=until, as_of=known).reached == {"H1", "H2"}
    assert coverage(sweep, TOWN, until=until).reached == set()
    assert coverage(sweep, TOWN, until=until).with_outcome("refused") == {"H2"}


def test_a_plan_that_is_no_longer_in_force_is_told_from_the_records(field_records: Field):
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    planned_at = field_records.later(hours=1).now
    with clock.at(planned_at):
        plan({**campaign("sweep", "doorknock", "households"), "from": planned_at})

    then = Campaign.objects.as_of(planned_at - timedelta(minutes=1)).get(code="sweep")
    now = Campaign.objects.current().get(code="sweep")

    assert coverage(then, TOWN, until=planned_at).reached == {"H1"}
    assert coverage(now, TOWN, until=planned_at + timedelta(hours=1)).reached == set()


def test_a_plan_that_changes_while_a_report_is_composed_changes_nothing_of_what_was_known(field_records: Field, monkeypatch):
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    end, reckoned = START + timedelta(days=1), module.targets

    def meanwhile(planned: Campaign, view: View) -> set[str]:
        found = reckoned(planned, view)
        with clock.at(end + timedelta(minutes=1)):  # somebody else, after the cut-off
            plan({**campaign("sweep", "doorknock", "households"), "from": START + timedelta(hours=12)})
        return found

    monkeypatch.setattr(module, "targets", meanwhile)

    assert figures(Question(TOWN, START, end, end), "doorknock.settled") == {"doorknock.settled": 1}


def test_what_is_said_at_the_end_itself_comes_after_it(field_records: Field):
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})

    assert coverage(Campaign.objects.current().get(code="sweep"), TOWN, until=field_records.now).reached == set()


def test_a_merge_learned_later_changes_nothing_of_what_was_known(field_records: Field):
    found = f"found:{field_records.record('registry.found', data={'what': 'household'}).id}"
    field_records.record("doorknock.visited", household=found, data={"outcome": "met"})
    known = field_records.now
    field_records.later(hours=1).record("registry.merged", household=found, data={"canonical": "H1", "reference": "household"})
    sweep, until = Campaign.objects.current().get(code="sweep"), known + timedelta(hours=2)

    assert coverage(sweep, TOWN, until=until, as_of=known).reached == {found}
    assert coverage(sweep, TOWN, until=until).reached == {"H1"}


def test_where_many_have_changed_the_records_are_read(field_records: Field, monkeypatch):
    monkeypatch.setattr(told, "FEW", 0)
    planned = plan(campaign("sweep", "doorknock", "households"))
    for household in ("H1", "H2"):
        field_records.record("doorknock.visited", household=household, data={"outcome": "met"})
    known = field_records.now
    for household in ("H1", "H2"):
        field_records.later(hours=1).record("doorknock.visited", household=household, data={"outcome": "absent"})

    assert coverage(planned, TOWN, until=known + timedelta(hours=9), as_of=known).reached == {"H1", "H2"}
