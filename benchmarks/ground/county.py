"""A made-up county as large as one wants, and the field records that its devices push; the same seed gives the same of both."""

import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

COUNTY, TOWN = "990101", "990101101"
HOMES_OF_A_VILLAGE = 500
PERSONS_OF_A_HOME = 3
DEVICES_OF_A_VILLAGE = 5
SAMPLES_OF_A_TUBE = 10
ROUND, SWEEP = "round-1", "sweep"
KINDS = (("doorknock.visited", 4), ("testing.sampled", 4), ("checkpoints.vehicle_checked", 1), ("checkpoints.person_checked", 1))


@dataclass(frozen=True)
class County:
    """So many persons in villages of 500 households; each village has a checkpoint, a sampling site and a worker."""

    persons: int

    @property
    def homes(self) -> int:
        return -(-self.persons // PERSONS_OF_A_HOME)

    @cached_property
    def villages(self) -> list[str]:
        return [f"{TOWN}{number:04d}" for number in range(1, -(-self.homes // HOMES_OF_A_VILLAGE) + 1)]

    @cached_property
    def devices(self) -> dict[str, str]:
        """The village of each device."""
        return {f"D-{village[-4:]}-{number}": village for village in self.villages for number in range(DEVICES_OF_A_VILLAGE)}


def settle(folder: Path, county: County, *, begins: datetime, imported: bool = True) -> None:
    """Loads areas, places, members, everybody into the register, and plans a sweep and a round of all of them, in the current database.
    imported: through the import of rosters; else everybody is put where an import would put them, which is many times faster."""
    from benchmarks.ground.filling import fill_register
    from closeknit.areas.loading import load_areas
    from closeknit.campaigns.planning import plan
    from closeknit.kit import clock
    from closeknit.policy.packs import adopt
    from closeknit.registry.importing import import_roster
    from closeknit.registry.loading import load_members, load_places

    villages = county.villages
    top = [("99", "", "试验省", "province"), ("9901", "99", "试验州", "prefecture"), (COUNTY, "9901", "试验县", "county")]
    areas = [*top, (TOWN, COUNTY, "河口镇", "township"), *((code, TOWN, f"第{code[-4:]}村", "village") for code in villages)]
    places = [(f"CP-{code[-4:]}", "checkpoint", f"{code[-4:]}卡点", code, "", "", "", "") for code in villages]
    members = [(f"W-{code[-4:]}", "工作人员", code, "", "village_worker", code) for code in villages]
    with clock.at(begins - timedelta(days=1)):
        load_areas(_written(folder / "areas.csv", ("code", "parent", "name", "level"), areas))
        load_places(_written(folder / "places.csv", ("code", "category", "name", "area", "lat", "lon", "chiefs", "notes"), places))
        load_members(_written(folder / "members.csv", ("code", "name", "unit", "team", "role", "area"), members))
        adopt(COUNTY, "cn-covid-2022-v9")
        if imported:
            roster = _written(folder / "roster.csv", ("人员编号", "户编号", "所属网格", "姓名", "详细门牌"), people_of(county))
            import_roster([roster], by="bench")
        else:
            fill_register(people_of(county))
        for code, kind, targets in ((SWEEP, "doorknock", "households"), (ROUND, "testing.round", "persons")):
            window = {"from": begins, "to": begins + timedelta(days=5)}
            plan({"code": code, "kind": kind, "area": TOWN, "targets": targets, **window})


def people_of(county: County) -> Iterator[tuple[str, ...]]:
    """Code, household, village, name and address of everybody, a household's one after the other."""
    villages = county.villages
    for number in range(county.persons):
        home = number // PERSONS_OF_A_HOME
        village = villages[home // HOMES_OF_A_VILLAGE]
        yield (f"P{number}", f"H{home}", village, f"试{number % 9973:04d}", f"{home % HOMES_OF_A_VILLAGE + 1}号")


def _written(path: Path, headings: tuple[str, ...], rows: Any) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headings, *rows])
    return path


def pushes(
    county: County,
    records: float,
    *,
    at: datetime,
    sizes: tuple[int, ...],
    seqs: dict[str, int],
    seed: int = 1,
    devices: Sequence[str] = (),
) -> Iterator[tuple[str, bytes]]:
    """(device, body) of pushes that hold so many records together, of these devices (none named: of all); each pushes for one village.

    seqs: the last number of each device so far; it goes on from there.
    """
    from closeknit.kit.ids import uuid7

    chance, devices, made = random.Random(seed), devices or list(county.devices), 0
    tubes = dict.fromkeys(devices, 0)
    kinds, weights = zip(*KINDS, strict=True)
    while made < records:
        device = chance.choice(devices)
        village, size, events = county.devices[device], int(min(chance.choice(sizes), records - made)), []
        first_home = (int(village[-4:]) - 1) * HOMES_OF_A_VILLAGE
        for kind in chance.choices(kinds, weights, k=size):
            seqs[device] = seqs.get(device, 0) + 1
            tubes[device] += kind == "testing.sampled"
            home = min(first_home + chance.randrange(HOMES_OF_A_VILLAGE), county.homes - 1)
            event = {"id": str(uuid7()), "kind": kind, "at": at.isoformat(), "seq": seqs[device], "area": village}
            tube = f"T{seed}-{device}-{tubes[device] // SAMPLES_OF_A_TUBE}"
            events.append(event | _said(kind, home, village, tube, chance, last=county.persons - 1))
        made += size
        push = {"device": device, "member": f"W-{village[-4:]}", "pushed_at": at.isoformat(), "events": events}
        yield device, json.dumps(push, ensure_ascii=False, separators=(",", ":")).encode()


def _said(kind: str, home: int, village: str, tube: str, chance: random.Random, *, last: int) -> dict[str, Any]:
    if kind == "doorknock.visited":
        return {"household": f"H{home}", "data": {"outcome": chance.choice(("met", "met", "absent")), "leaflet": True}}
    if kind == "testing.sampled":
        data = {"tube": tube, "pool": SAMPLES_OF_A_TUBE, "round": ROUND, "mode": "site"}
        person = min(home * PERSONS_OF_A_HOME + chance.randrange(PERSONS_OF_A_HOME), last)  # the last home may not be full
        return {"person": f"P{person}", "household": f"H{home}", "data": data}
    of_a_person = {"temperature": 36.4, "colour": "green", "decision": "admitted"}
    of_a_vehicle = {"vehicle": "car", "occupants": 2, "decision": "admitted"}
    return {"place": f"CP-{village[-4:]}", "data": of_a_person if kind == "checkpoints.person_checked" else of_a_vehicle}
