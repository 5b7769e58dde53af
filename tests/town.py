"""A small county for tests: two villages with a grid, four people to whom things happen, and a stranger from another county."""

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import AutoField, Model

from closeknit import environment
from closeknit.access.models import Account
from closeknit.areas.loading import load_areas
from closeknit.areas.models import Area
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk
from closeknit.ledger.models import Event
from closeknit.ledger.record import Answer, record_pushes
from closeknit.ledger.wire import Push
from closeknit.policy.packs import adopt
from closeknit.registry.importing import import_roster
from closeknit.registry.loading import load_members, load_places

START = datetime(2022, 3, 18, 0, 0, tzinfo=UTC)
COUNTY, TOWN, WEST, EAST, GRID = "990101", "990101101", "990101101201", "990101101202", "990101101201-G01"
OTHER_COUNTY, OTHER_VILLAGE = "990102", "990102101201"

AREAS = (
    ("99", "", "试验省", "province"),
    ("9901", "99", "试验州", "prefecture"),
    (COUNTY, "9901", "试验县", "county"),
    (TOWN, COUNTY, "河口镇", "township"),
    (WEST, TOWN, "西坪村", "village"),
    (EAST, TOWN, "东岭村", "village"),
    (GRID, WEST, "西坪村第1网格", "grid"),
    (OTHER_COUNTY, "9901", "邻县", "county"),
    ("990102101", OTHER_COUNTY, "邻镇", "township"),
    (OTHER_VILLAGE, "990102101", "邻村", "village"),
)
HEADINGS = ("人员编号", "户编号", "所属网格", "姓名", "身份证号码", "手机号", "详细门牌")


def id_no(birth: str, serial: int) -> str:
    """A made-up ID number with a right check digit (GB 11643): area 990000, birth date YYYYMMDD, serial."""
    digits = f"990000{birth}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11]


ROSTER = (
    ("P1", "H1", "西坪村", "卢兰利", id_no("19620702", 1), "19900000001", "1组1号"),
    ("P2", "H1", "西坪村", "卢小河", id_no("20190501", 2), "", "1组1号"),
    ("P3", "H2", "西坪村", "单田芳", id_no("19420214", 3), "19900000003", "1组2号"),
    ("P4", "H3", "西坪村第1网格", "尉迟恭", id_no("19800101", 4), "19900000004", "2组1号"),
    ("P5", "H4", "东岭村", "喆𬱖", id_no("19901111", 5), "19900000005", "3组1号"),
    ("P6", "H5", "东岭村", "张三", id_no("19700101", 6)[:-1], "", "3组2号"),
    ("P7", "H9", "邻村", "邻人", id_no("19500505", 7), "19900000007", "9号"),
)
PLACES = (
    ("CP1", "checkpoint", "渡口卡点", WEST, "", "", "", ""),
    ("S1", "shop", "河街商店", WEST, "", "", "", ""),
    ("S2", "shop", "东岭商店", EAST, "", "", "", ""),
    ("CS1", "cold_store", "一号冷库", WEST, "", "", "territory:W1;industry:W2;enterprise:W3", ""),
)
MEMBERS = (
    ("W1", "村干部甲", "西坪村", "", "village_worker", WEST),
    ("W2", "村干部乙", "东岭村", "", "village_worker", EAST),
    ("W3", "镇干部", "河口镇", "", "supervisor", TOWN),
)


@dataclass
class Field:
    """Records made as a device makes them. `now` is the server's clock; every record gets the next seq of its device."""

    now: datetime = START + timedelta(hours=1)
    seqs: dict[str, Iterator[int]] = field(default_factory=dict)

    def event(self, kind: str, *, device: str = "D1", **rest: Any) -> dict[str, Any]:
        """A record as the wire has it; what is not given is made up to be valid."""
        seq = next(self.seqs.setdefault(device, itertools.count(1)))
        return {"id": str(uuid7()), "kind": kind, "at": self.now.isoformat(), "seq": seq, "area": WEST, "data": {}, **rest}

    def push(self, *events: Mapping[str, Any], device: str = "D1", member: str = "W1", **times: datetime) -> list[Answer]:
        """Pushes records; the answers in their order."""
        received_at = times.get("received_at", self.now)
        push = Push(
            device=device, member=member, events=list(events), pushed_at=times.get("pushed_at", received_at), received_at=received_at
        )
        return record_pushes([push])[0]

    def record(self, kind: str, *, device: str = "D1", member: str = "W1", **rest: Any) -> Event:
        """Pushes one record that must be accepted, and gives it as the ledger holds it."""
        event = self.event(kind, device=device, **rest)
        answer = self.push(event, device=device, member=member)[0]
        assert answer.status == "accepted", answer
        return Event.objects.get(id=UUID(event["id"]))

    def later(self, **by: float) -> "Field":
        """Moves the server's clock on."""
        self.now += timedelta(**by)
        return self


@pytest.fixture
def town(db: None, tmp_path: Path) -> None:
    """The small county: its areas, roster, places, members, the pack of the articles, and a sweep of two days."""
    build(tmp_path)


def build(folder: Path, pack: str = "cn-covid-2022-v9") -> None:
    """Builds the small county in the current database: by its imports the first time, where nothing is there yet from the rows that came
    of them (imports have tests of their own; they took half the time of a test on PostgreSQL)."""
    if Area.objects.exists():
        return _build(folder, pack)
    kept = _built.setdefault((pack, environment.key("personal"), environment.key("index")), {})
    if not kept:
        _build(folder, pack)
        kept.update({model: rows for model in _ours() if (rows := list(model._base_manager.values()))})
        return None
    for model, rows in kept.items():
        bulk.insert(model, rows)
    _count_on(kept)
    return None


_built: dict[tuple[str, bytes, bytes], dict[type[Model], list[dict[str, Any]]]] = {}


def _ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("closeknit.")]


def _count_on(models: Iterable[type[Model]]) -> None:
    """Numbers that the database gives go on after those that the rows brought."""
    numbered = [model for model in models if isinstance(model._meta.pk, AutoField)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), numbered):
                cursor.execute(sql)


def _build(folder: Path, pack: str) -> None:
    with clock.at(START - timedelta(days=1)):
        load_areas(write_csv(folder / "areas.csv", ("code", "parent", "name", "level"), AREAS))
        load_places(write_csv(folder / "places.csv", ("code", "category", "name", "area", "lat", "lon", "chiefs", "notes"), PLACES))
        load_members(write_csv(folder / "members.csv", ("code", "name", "unit", "team", "role", "area"), MEMBERS))
        adopt(COUNTY, pack)
        import_roster([write_csv(folder / "roster.csv", HEADINGS, ROSTER)], by="test")
        plan(campaign("sweep", "doorknock", "households"))


def campaign(code: str, kind: str, targets: Any, **rest: Any) -> dict[str, Any]:
    """A campaign over the town, two days from the start."""
    return {"code": code, "kind": kind, "area": TOWN, "from": START, "to": START + timedelta(days=2), "targets": targets, **rest}


@pytest.fixture
def field_records(town: None) -> Field:
    """Records made as a device makes them, in the small county."""
    return Field()


@dataclass(frozen=True)
class Cast:
    """Ana records in one village, Ben leads the town, Chen analyses the county; Dov belongs to another county and must see nothing."""

    ana: Account
    ben: Account
    chen: Account
    dov: Account


@pytest.fixture
def cast(town: None) -> Cast:
    """The fixed cast, each with the password `knock-knock-99`."""
    return Cast(
        ana=account("ana", "village_secretary", WEST, member="W1"),
        ben=account("ben", "town_clerk", TOWN, member="W3"),
        chen=account("chen", "epidemiologist", COUNTY),
        dov=account("dov", "town_clerk", OTHER_COUNTY),
    )


def account(username: str, role: str, area: str, *, member: str = "") -> Account:
    """An account with the password `knock-knock-99`."""
    made = Account(username=username, role=role, area=area, member=member, name=username.title())
    made.set_password("knock-knock-99")
    made.save()
    return made


@pytest.fixture
def sign_in(client: Any) -> Callable[[Account], Any]:
    """Signs an account in and gives the client."""

    def signed_in(who: Account) -> Any:
        client.force_login(who)
        return client

    return signed_in


@pytest.fixture
def ben(client: Any, cast: Cast) -> Any:
    """A client in which the town's clerk is signed in and reads English."""
    client.force_login(cast.ben)
    client.cookies["django_language"] = "en"
    return client


def write_csv(path: Path, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """Writes a file as a town would send it; its path."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heading)
        writer.writerows(rows)
    return path
