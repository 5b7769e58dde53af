"""The demonstration: a town's two days, moved to today, with an account for each role; what is still to come arrives while it runs."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from heapq import merge
from pathlib import Path
from typing import Any
from zlib import crc32

from closeknit import environment
from closeknit.access.models import Account
from closeknit.access.roles import ROLES
from closeknit.campaigns.models import Campaign
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger import bulk
from closeknit.ledger.record import record_pushes
from closeknit.ledger.wire import Push
from closeknit.registry.loading import load_members, load_places
from closeknit.registry.members.telephones import sealed
from closeknit.registry.models import Member
from closeknit.sync.scenarios import Progress, beginning, load_plan, load_register, pushes, replay
from closeknit.sync.shifting import days_to_today, shifted, shifted_push

SCENARIO = Path(__file__).resolve().parents[2] / "demo" / "pushi"
MORE = "more"  # the folder beside the sweep's files: what the demonstration tells of the other measures (scripts/demo_people.py)
EVERY_S = 15
TURNS_AT = 16  # from this hour on the scenario's first day is today: its sweep then runs until tomorrow afternoon

CAMPAIGNS = {"sweep-1": "全镇敲门行动", "patrol-0319": "重点场所日巡查"}

# username, role, area, member
SIGN_INS = (
    ("village", "village_secretary", "433122108202", "secretary"),
    ("grid", "grid_worker", "433122108202", "village_worker"),
    ("clerk", "town_clerk", "433122108", ""),
    ("county", "county_supervisor", "433122", ""),
    ("inspector", "inspector", "433122108", "inspector"),
    ("gate", "gate_staff", "433122108202", ""),
    ("analyst", "epidemiologist", "433122", ""),
    ("lab", "laboratory", "433122108", "laboratory"),
    ("isolation", "isolation_staff", "433122108", "isolation_staff"),
    ("supplies", "supply_clerk", "433122108", "supplies"),
    ("admin", "administrator", "433122", ""),
)


Step = Callable[[], object]
_steps: list[Step] = []


def afterwards(step: Step) -> Step:
    """Decorator: what a measure does once the demonstration is built, of what is no push."""
    _steps.append(step)
    return step


def state_file() -> Path:
    """What the demonstration remembers: by how many days it is moved, up to when its pushes came, and the password."""
    return environment.home() / "demonstration.json"


def remembered() -> dict[str, Any]:
    """The demonstration's state; empty where there is none yet."""
    path = state_file()
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _remember(state: dict[str, Any]) -> None:
    path = state_file()
    path.touch(mode=0o600)
    path.write_text(json.dumps(state), encoding="utf-8")


def prepare(progress: Progress, *, folder: Path = SCENARIO) -> dict[str, Any]:
    """Builds the demonstration in an empty database and gives its state. Raises FileNotFoundError where the scenario is missing."""
    raw = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    local = clock.now().astimezone(datetime.fromisoformat(raw["campaigns"][0]["from"]).tzinfo)
    days = days_to_today(date.fromisoformat(raw["report"]["last_day"]), local, turns_at=TURNS_AT)
    load_register(folder, by="demo", progress=progress, days=days)
    with clock.at(beginning(folder, raw) + timedelta(days=days)):
        _load_more(folder / MORE, days)
    _name_campaigns()
    give_telephones()
    until = clock.now()
    replay(every_push(folder, days), until=until, progress=progress)
    state: dict[str, Any] = {"days": days, "until": until.isoformat(), "password": f"pushi-{secrets.randbelow(9000) + 1000}"}
    _accounts(state["password"])
    for step in _steps:
        step()
    _remember(state)
    return state


def _load_more(folder: Path, days: int) -> None:
    load_places(folder / "places.csv")
    load_members(folder / "members.csv")
    load_plan(shifted(json.loads((folder / "plan.json").read_text(encoding="utf-8")), days))


def every_push(folder: Path, days: int) -> Iterator[Push]:
    """The sweep's pushes and those of the other measures, moved, in the order in which they came."""
    both = merge(pushes(folder), pushes(folder / MORE), key=lambda push: push.received_at)
    return (shifted_push(push, days) for push in both)


def _name_campaigns() -> None:
    for code, name in CAMPAIGNS.items():
        Campaign.objects.current().filter(code=code).update(name=name)


def give_telephones() -> None:
    """Everybody gets a number that is nobody's (199-0000-…), so that the board shows whom to call."""
    rows = [
        {"id": row.id, "personal": sealed(f"1990000{crc32(row.code.encode()) % 10_000:04d}", code=row.code)}
        for row in Member.objects.current()
    ]
    bulk.update(Member, rows, key="id")


def _accounts(password: str) -> None:
    for username, role, area, member_role in SIGN_INS:
        member = Member.objects.current().filter(area=area, role__contains=member_role).order_by("code").first() if member_role else None
        account = Account(
            username=username, role=role, area=area, member=member.code if member else "", name=member.name if member else ROLES[role].zh
        )
        account.set_password(password)
        account.save()


def sign_ins(state: dict[str, Any]) -> list[tuple[str, str, Text]]:
    """Username, password and role of each account."""
    return [(username, state["password"], ROLES[role]) for username, role, _, _ in SIGN_INS]


def is_stale(state: dict[str, Any], *, folder: Path = SCENARIO) -> bool:
    """Whether the demonstration's days are over, so that its sweep has ended."""
    raw = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return clock.now() > max(datetime.fromisoformat(shifted(each["to"], state["days"])) for each in raw["campaigns"])


def live_on(state: dict[str, Any], *, folder: Path = SCENARIO) -> None:
    """Pushes what is still to come, each push at its time; returns when the last one came."""
    until = datetime.fromisoformat(state["until"])
    waiting = [push for push in every_push(folder, state["days"]) if push.received_at > until]
    while waiting:
        now = clock.now()
        due = [push for push in waiting if push.received_at <= now]
        if due:
            record_pushes(due)
            del waiting[: len(due)]
            _remember({**state, "until": due[-1].received_at.isoformat()})
        time.sleep(EVERY_S)
