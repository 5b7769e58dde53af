"""The town of Pushi on real input: every figure, rejected id, parked and doubtful row as the scenario says; doubled and split the same."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.kit.once import Known
from closeknit.ledger.record import record_pushes
from closeknit.ledger.wire import Push
from closeknit.reports.compose import compose
from closeknit.reports.content import to_json
from closeknit.reports.figures import Question, figures
from closeknit.sync.scenarios import load_register, pushes, replay

pytestmark = pytest.mark.django_db


def silent(what: str, done: int, of: int) -> None:
    """Nobody watches."""


def differences(folder: Path) -> list[str]:
    """What comes out otherwise than expected.json says."""
    expected = json.loads((folder / "expected.json").read_text())
    return [f"{name}: {said} instead of {value}" for name, value, said in compared(expected) if said != value]


def compared(expected: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for window in expected["figures"]:
        as_of = datetime.fromisoformat(window["as_of"]) if window.get("as_of") else None
        area = window.get("area", expected["area"])
        question = Question(area, datetime.fromisoformat(window["from"]), datetime.fromisoformat(window["to"]), as_of)
        got = figures(question)
        for name, value in window["figures"].items():
            yield f"{area} to {window['to']} as of {window['as_of']}: {name}", value, got.get(name)
    yield "rejected", sorted(expected["rejected"]["ids"]), printed("rejected")
    for rows in ("parked", "doubtful"):
        yield rows, sorted(expected[rows], key=str), sorted(printed(rows), key=str)


def printed(command: str) -> Any:
    """What a command prints with --json."""

    out = StringIO()
    call_command(command, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_every_figure_of_pushi_comes_out(scenario: Callable[[str], Path]):
    folder = scenario("pushi")
    load_register(folder, by="test", progress=silent)

    replay(pushes(folder), progress=silent)

    assert differences(folder) == []
    moment = datetime.fromisoformat(max(window["to"] for window in json.loads((folder / "expected.json").read_text())["figures"]))
    areas, known = list(Area.objects.current().values_list("code", flat=True)), Known(moment)
    alone = [to_json(compose(area, moment.date(), moment)) for area in areas]
    assert [to_json(compose(area, moment.date(), moment, known=known)) for area in areas] == alone


def test_pushes_split_and_doubled_give_the_same(scenario: Callable[[str], Path]):
    folder = scenario("pushi")
    load_register(folder, by="test", progress=silent)

    for push in pushes(folder):
        halves = [part for part in (push.events[: len(push.events) // 2], push.events[len(push.events) // 2 :]) if part]
        parts = [Push(push.device, push.member, part, push.pushed_at, push.received_at) for part in halves]
        with clock.at(push.received_at):
            record_pushes([*parts, push])

    assert differences(folder) == []


def test_the_comparison_notices_a_wrong_figure(scenario: Callable[[str], Path], tmp_path: Path):
    folder = scenario("pushi")
    expected = json.loads((folder / "expected.json").read_text())

    wrong = [name for name, value, said in compared(expected) if said != value]

    assert len(wrong) > 100, "before anything was replayed nearly every figure must differ"
