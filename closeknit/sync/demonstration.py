"""The demonstration: a town's days, moved to today, with an account for each role; what is still to come arrives while it runs."""

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
from closeknit.policy.packs import adopt
from closeknit.registry.loading import load_members, load_places
from closeknit.registry.members.telephones import sealed
from closeknit.registry.models import Member
from closeknit.sync.scenarios import Progress, beginning, load_plan, load_register, pushes, replay
from closeknit.sync.shifting import days_to_today, shifted, shifted_push
from closeknit.sync.towns import PUSHES, TOWNS, Town, unpack

PUSHI = TOWNS["pushi"]
MORE = "more"  # the folder beside the sweep's files: what the demonstration tells of the other measures (scripts/demo_people.py)
EVERY_S = 15
TURNS_AT = 16  # from this hour on the scenario's first day is today: its sweep then runs until tomorrow afternoon

# username, role, which area of the town, roles of the member who it is (the first that is found)
SIGN_INS = (
    ("village", "village_secretary", "village", ("village_secretary", "village_worker")),
    ("grid", "grid_worker", "grid", ("village_worker", "grid_worker", "caller", "volunteer")),
    ("clerk", "town_clerk", "town", ()),
    ("county", "county_supervisor", "county", ()),
    ("inspector", "inspector", "area", ("inspector", "enforcement", "supervisor")),
    ("gate", "gate_staff", "village", ()),
    ("analyst", "epidemiologist", "county", ()),
    ("lab", "laboratory", "area", ("laboratory",)),
    ("isolation", "isolation_staff", "area", ("isolation_staff",)),
    ("supplies", "supply_clerk", "area", ("supplies", "supply_clerk")),
    ("admin", "administrator", "county", ()),
)

Step = Callable[[Town], object]
_steps: list[Step] = []


def afterwards(step: Step) -> Step:
    """Decorator: what a measure does once the demonstration is built, of what is no push."""
    _steps.append(step)
    return step


def where_told(step: Step) -> Step:
    """Decorator: as `afterwards`, for a town of which the demonstration tells more than its scenario does."""
    afterwards(lambda town: step(town) if (town.brought / MORE).is_dir() else None)
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


def town_of(state: dict[str, Any]) -> Town:
    """Which town this demonstration shows."""
    return TOWNS[state.get("town", PUSHI.slug)]


def folder_of(town: Town) -> Path:
    """Its scenario: in the checkout, or unpacked in the demonstration's home. Raises FileNotFoundError where it is missing."""
    if not town.brought.is_dir():
        raise FileNotFoundError(town.brought)
    if (town.brought / PUSHES).exists():
        return town.brought
    folder = environment.home() / "scenario"
    if not folder.exists():
        unpack(town.brought, folder)
    return folder


def prepare(progress: Progress, *, town: Town = PUSHI) -> dict[str, Any]:
    """Builds the demonstration in an empty database and gives its state. Raises FileNotFoundError where the scenario is missing."""
    folder = folder_of(town)
    raw = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    local = clock.now().astimezone(datetime.fromisoformat(raw["campaigns"][0]["from"]).tzinfo)
    days = days_to_today(date.fromisoformat(raw["report"]["last_day"]), local, turns_at=TURNS_AT)
    load_register(folder, by="demo", progress=progress, days=days)
    with clock.at(beginning(folder, raw) + timedelta(days=days)):
        adopt(town.county, raw["policy_pack"], offset=raw.get("timezone", "+08:00"))  # the county works by the rules of its town
        if (folder / MORE).is_dir():
            _load_more(folder / MORE, days)
    _name_campaigns(town)
    give_telephones()
    until = clock.now()
    replay(every_push(folder, days), until=until, progress=progress)
    password = f"{town.slug}-{secrets.randbelow(9000) + 1000}"
    state: dict[str, Any] = {"town": town.slug, "days": days, "until": until.isoformat(), "password": password}
    _accounts(town, password)
    for step in _steps:
        step(town)
    _remember(state)
    return state


def _load_more(folder: Path, days: int) -> None:
    load_places(folder / "places.csv")
    load_members(folder / "members.csv")
    load_plan(shifted(json.loads((folder / "plan.json").read_text(encoding="utf-8")), days))


def every_push(folder: Path, days: int, *, after: datetime | None = None) -> Iterator[Push]:
    """The scenario's pushes and those of the other measures, moved, in the order in which they came; those that came `after` a moment."""
    told = (pushes(each) for each in (folder, folder / MORE) if each.is_dir())
    begins = after - timedelta(days=days) if after else None
    both = merge(*told, key=lambda push: push.received_at)
    return (shifted_push(push, days) for push in both if begins is None or push.received_at > begins)


def _name_campaigns(town: Town) -> None:
    for code, name in town.campaigns.items():
        Campaign.objects.current().filter(code=code).update(name=name)


def give_telephones() -> None:
    """Everybody gets a number that is nobody's (199-0000-…), so that the board shows whom to call."""
    rows = [
        {"id": row.id, "personal": sealed(f"1990000{crc32(row.code.encode()) % 10_000:04d}", code=row.code)}
        for row in Member.objects.current()
    ]
    bulk.update(Member, rows, key="id")


def _accounts(town: Town, password: str) -> None:
    for username, role, place, member_roles in SIGN_INS:
        area = getattr(town, place) or town.village
        members = Member.objects.current().filter(area=area).order_by("code")
        found = (members.filter(role__contains=wanted).first() for wanted in member_roles)
        member = next(filter(None, found), None)
        account = Account(
            username=username, role=role, area=area, member=member.code if member else "", name=member.name if member else ROLES[role].zh
        )
        account.set_password(password)
        account.save()


def sign_ins(state: dict[str, Any]) -> list[tuple[str, str, Text]]:
    """Username, password and role of each account."""
    return [(username, state["password"], ROLES[role]) for username, role, _, _ in SIGN_INS]


def is_stale(state: dict[str, Any]) -> bool:
    """Whether the demonstration's days are over: its campaigns have ended, and so has the last day that owes a report."""
    raw = json.loads((folder_of(town_of(state)) / "plan.json").read_text(encoding="utf-8"))
    ends = [datetime.fromisoformat(each["to"]) for each in raw["campaigns"]]
    last_day = datetime.combine(date.fromisoformat(raw["report"]["last_day"]), datetime.max.time(), ends[0].tzinfo)
    return clock.now() > max(*ends, last_day) + timedelta(days=state["days"])


def live_on(state: dict[str, Any]) -> None:
    """Pushes what is still to come, each push at its time; returns when the last one came."""
    waiting = list(every_push(folder_of(town_of(state)), state["days"], after=datetime.fromisoformat(state["until"])))
    while waiting:
        now = clock.now()
        due = [push for push in waiting if push.received_at <= now]
        if due:
            record_pushes(due)
            del waiting[: len(due)]
            _remember({**state, "until": due[-1].received_at.isoformat()})
        time.sleep(EVERY_S)
