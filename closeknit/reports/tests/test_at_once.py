"""Two imports at once, and an import while the day is sealed: in real transactions and real threads."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from closeknit.areas.loading import load_areas
from closeknit.kit import clock
from closeknit.kit.once import Known
from closeknit.ledger.models import Event
from closeknit.ledger.record import record
from closeknit.policy.packs import adopt
from closeknit.registry.entering import Entering
from closeknit.registry.importing import import_roster
from closeknit.registry.models import Household, Import, Person, RosterRow
from closeknit.registry.roster.verdict import Verdict
from closeknit.reports import closing
from closeknit.reports.closing import report_of, seal, sealed
from closeknit.reports.compose import compose
from closeknit.reports.content import Report, to_json
from closeknit.reports.duty import owe
from closeknit.reports.models import Sealed
from tests.town import AREAS, COUNTY, HEADINGS, ROSTER, START, TOWN, WEST, build, write_csv

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, CUT_OFF = START + timedelta(hours=8, minutes=59), START + timedelta(hours=9)
PATIENCE = 20
A_WHILE = 0.4  # seconds that something which must wait is given to come through all the same


class Beside(threading.Thread):
    """Does something in a transaction of its own, at a time of the server's clock."""

    def __init__(self, at: datetime, does: Callable[[], object]) -> None:
        super().__init__()
        self.at, self.does, self.failure = at, does, ""

    def run(self) -> None:
        try:
            with clock.at(self.at):
                self.does()
        except Exception as error:  # what went wrong in a thread fails the test below
            self.failure = repr(error)
        finally:
            connections.close_all()


def test_two_first_imports_at_once_hold_everybody_once(transactional_db: None, tmp_path: Path):
    with clock.at(START - timedelta(days=1)):
        load_areas(write_csv(tmp_path / "areas.csv", ("code", "parent", "name", "level"), AREAS))
        adopt(COUNTY, "cn-covid-2022-v9")
    files = [write_csv(tmp_path / name, HEADINGS, ROSTER) for name in ("甲.csv", "乙.csv", "丙.csv")]
    gate = threading.Barrier(len(files))

    def bring(file: Path) -> None:
        gate.wait()
        import_roster([file], by="test")

    beside = [Beside(START, lambda file=file: bring(file)) for file in files]  # type: ignore[misc]
    for each in beside:
        each.start()
    for each in beside:
        each.join()

    assert [each.failure for each in beside] == ["", "", ""]
    assert sorted(Person.objects.current().values_list("code", flat=True)) == sorted(row[0] for row in ROSTER)
    assert sorted(Household.objects.current().values_list("code", flat=True)) == sorted({row[1] for row in ROSTER})
    held = RosterRow.objects.current()
    assert (held.count(), len(set(held.values_list("file", "sheet", "row")))) == (held.count(), held.count())
    assert Import.objects.count() == len(files)


@pytest.fixture
def owing(transactional_db: None, tmp_path: Path) -> None:
    """The small town, which owes a report."""
    build(tmp_path)
    with clock.at(START - timedelta(hours=1)):
        owe(TOWN, cut_off="17:00", units=[TOWN], first_day=START.date(), last_day=START.date())


def test_a_seal_waits_for_what_an_import_is_writing(owing: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = write_csv(tmp_path / "more.csv", HEADINGS, [("N1", "NH1", "西坪村", "新人", "", "", "9组1号")])
    sealing = Beside(CUT_OFF, lambda: seal(TOWN, START.date(), by="ben"))
    waited: list[bool] = []

    written = Entering.enter

    def begun(entering: Entering, verdicts: Sequence[Verdict]) -> None:
        sealing.start()
        sealing.join(A_WHILE)
        waited.append(sealing.is_alive())
        written(entering, verdicts)

    monkeypatch.setattr(Entering, "enter", begun)
    with clock.at(BEFORE):
        import_roster([file], by="test")
    sealing.join()

    with clock.at(CUT_OFF):
        held = sealed(TOWN, START.date())
        report, _ = report_of(TOWN, START.date())
    assert (sealing.failure, waited) == ("", [True])
    assert held is not None and to_json(report) == held.content
    due = report.figure("doorknock.due")
    assert due is not None and due.value == 6


def test_what_an_import_writes_after_a_seal_was_learned_after_it(owing: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    rows = [(f"N{n}", f"NH{n}", "西坪村", f"新人{n}", "", "", f"9组{n}号") for n in (1, 2)]
    file = write_csv(tmp_path / "more.csv", HEADINGS, rows)
    monkeypatch.setattr("closeknit.registry.importing.CHUNK", 1)

    with ExitStack() as clocks:

        def sealed_between(name: str, done: int, of: int) -> None:
            if done == 1:
                clocks.enter_context(clock.at(CUT_OFF + timedelta(seconds=1)))
                seal(TOWN, START.date(), by="ben")
                clocks.enter_context(clock.at(CUT_OFF + timedelta(seconds=2)))

        clocks.enter_context(clock.at(BEFORE))
        import_roster([file], by="test", progress=sealed_between)
        held = sealed(TOWN, START.date())
        report, _ = report_of(TOWN, START.date())

    assert held is not None and to_json(report) == held.content
    learned = dict(Person.objects.filter(code__in=("N1", "N2")).values_list("code", "learned_at"))
    assert learned == {"N1": BEFORE, "N2": CUT_OFF + timedelta(seconds=2)}
    due = report.figure("doorknock.due")
    assert due is not None and due.value == 6


def test_records_do_not_wait_until_a_report_is_composed(owing: None, monkeypatch: pytest.MonkeyPatch):
    composed, through = closing.compose, []

    def visited() -> None:
        record("doorknock.visited", by="W1", area=WEST, household="H1", data={"outcome": "met"})

    def meanwhile(area: str, day: date, as_of: datetime | None = None, known: Known | None = None) -> Report:
        pushing = Beside(CUT_OFF + timedelta(seconds=1), visited)
        pushing.start()
        pushing.join(PATIENCE)
        through.append((pushing.failure, pushing.is_alive()))
        return composed(area, day, as_of)

    monkeypatch.setattr(closing, "compose", meanwhile)
    with clock.at(CUT_OFF):
        held = seal(TOWN, START.date(), by="ben")

    assert through == [("", False)]
    with clock.at(CUT_OFF + timedelta(seconds=2)):
        report, _ = report_of(TOWN, START.date())
        assert to_json(compose(TOWN, START.date(), as_of=CUT_OFF)) == to_json(report) == held.content
    assert Event.objects.get(kind="doorknock.visited").received_at > CUT_OFF


def test_of_all_who_look_at_the_cut_off_one_composes(owing: None, monkeypatch: pytest.MonkeyPatch):
    composed, times = closing.compose, []

    def slowly(area: str, day: date, as_of: datetime | None = None, known: Known | None = None) -> Report:
        times.append(area)
        time.sleep(A_WHILE)
        return composed(area, day, as_of)

    monkeypatch.setattr(closing, "compose", slowly)
    sealing = [Beside(CUT_OFF + timedelta(seconds=n), lambda n=n: seal(TOWN, START.date(), by=f"ben{n}")) for n in range(3)]  # type: ignore[misc]
    for each in sealing:
        each.start()
    for each in sealing:
        each.join()

    assert ([each.failure for each in sealing], times) == (["", "", ""], [TOWN])
    assert Sealed.objects.filter(area=TOWN, day=START.date()).count() == 1
