"""The town of Pushi with its first day sealed at 17:00 and everything that came later; loaded once a module."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from closeknit.kit import clock
from closeknit.reports.closing import report_of, seal
from closeknit.reports.content import Report, to_json
from closeknit.reports.papers.document import document
from closeknit.reports.papers.notes import as_sealed
from closeknit.reports.papers.plain import plain
from closeknit.reports.papers.wording import paper
from closeknit.reports.papers.workbook import workbook
from closeknit.sync.scenarios import load_register, pushes, replay

TOWN, VALLEY = "433122108", "433122108218"  # the valley has no network: it confirms in time and is received later
FIRST, SECOND = date(2022, 3, 18), date(2022, 3, 19)
CUT_OFF = datetime.fromisoformat("2022-03-18T17:00:00+08:00")
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Closed:
    """What was printed when the first day was sealed, before anything later came in."""

    folder: Path
    printed: dict[str, Any]

    def report(self, day: date) -> Report:
        """The sealed report of a day."""
        return report_of(TOWN, day)[0]


def printed(report: Report) -> dict[str, Any]:
    """Everything that can be printed of a report."""
    papers: dict[str, Any] = {"json": to_json(report)}
    for language in LANGUAGES:
        with override(language):
            papers |= {f"paper {language}": paper(report), f"text {language}": plain(report), f"docx {language}": document(report)}
            papers[f"xlsx {language}"] = workbook(report)
    return papers


def silent(what: str, done: int, of: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def closed(scenario: Callable[[str], Path], django_db_setup: None, django_db_blocker: Any) -> Iterator[Closed]:
    """The two days; what a test changes is rolled back after it, the days themselves after the module."""
    folder = scenario("pushi")
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        try:
            load_register(folder, by="test", progress=silent)
            replay(pushes(folder), until=CUT_OFF, progress=silent)
            with clock.at(CUT_OFF + timedelta(seconds=5)):
                first = printed(as_sealed(seal(TOWN, FIRST, by="test")))
            replay(pushes(folder), progress=silent)
            yield Closed(folder, first)
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
