"""Loading a scenario folder: the register and the plan, then its pushes through the path that a device's push takes."""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from closeknit.areas.loading import load_areas
from closeknit.campaigns import planning
from closeknit.kit import clock
from closeknit.ledger.record import record_pushes
from closeknit.ledger.wire import BadPush, Push, take_apart
from closeknit.policy.packs import adopt
from closeknit.registry.importing import import_roster
from closeknit.registry.loading import load_members, load_places
from closeknit.reports.duty import owe
from closeknit.sync.shifting import shifted

TOGETHER = 100  # pushes that are committed in one transaction, as the server does with what has come in together
Progress = Callable[[str, int, int], None]


def pushes(folder: Path, refused: list[tuple[int, BadPush]] | None = None) -> Iterator[Push]:
    """The pushes of a scenario in the order in which the server got them. What a server would refuse whole is passed over, like there;
    its line number and the reason go into `refused`."""
    with gzip.open(folder / "pushes.jsonl.gz", "rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield take_apart(line.strip(), received_at=None)
                except BadPush as problem:
                    if refused is not None:
                        refused.append((number, problem))


def load_register(folder: Path, *, by: str, progress: Progress, days: int = 0) -> None:
    """Areas, places, members, roster and plan, all learned a day before anything that the scenario tells of; `days` moves all of it."""
    raw = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    begins = beginning(folder, raw) + timedelta(days=days)
    raw = shifted(raw, days)
    with clock.at(begins):
        load_areas(folder / "areas.csv")
        for name, load in (("places.csv", load_places), ("members.csv", load_members)):
            if (folder / name).exists():
                load(folder / name)
        adopt(raw["area"], raw["policy_pack"], offset=raw.get("timezone", "+08:00"))
        files = [path for path in (folder / "roster").iterdir() if path.is_file()]
        import_roster(files, by=by, progress=progress)
        load_plan(raw)


def beginning(folder: Path, raw: dict[str, Any]) -> datetime:
    """A day before the earliest moment of the scenario."""
    moments = [datetime.fromisoformat(campaign["from"]) for campaign in raw.get("campaigns", ())]
    first = next(iter(pushes(folder)), None)
    if first:
        moments.append(first.received_at)
    return min(moments) - timedelta(days=1) if moments else clock.now()


def load_plan(raw: dict[str, Any]) -> None:
    """Plans the campaigns, and who owes a report."""
    report = raw.get("report")
    if report:
        owe(
            report["area"],
            cut_off=report["cut_off"],
            units=report["units"],
            first_day=date.fromisoformat(report["first_day"]),
            last_day=date.fromisoformat(report["last_day"]) if report.get("last_day") else None,
        )
    for campaign in raw.get("campaigns", ()):
        planning.plan(campaign)


def replay(every: Iterable[Push], *, until: datetime | None = None, progress: Progress) -> int:
    """Pushes the pushes, `received_at` as the server's clock; returns how many. Pushes received after `until` stay out."""
    wanted = (push for push in every if until is None or push.received_at <= until)
    done = 0
    for batch in _batches(wanted):
        with clock.at(batch[-1].received_at):
            record_pushes(batch)
        done += len(batch)
        progress("pushes", done, 0)
    return done


def _batches(wanted: Iterable[Push]) -> Iterator[list[Push]]:
    iterator = iter(wanted)
    while batch := list(islice(iterator, TOGETHER)):
        yield batch
