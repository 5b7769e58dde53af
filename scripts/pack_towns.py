"""Writes demo/<town> from the scenarios' folders, packed; of Bagongshan only one street, so that the repository stays small.

    .venv/bin/python scripts/pack_towns.py ../shared/scenarios

The same scenarios, the same files. `closeknit demo <town>` unpacks them (closeknit/sync/towns.py). Pushi ships as it is.
"""

import csv
import gzip
import io
import json
import lzma
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parents[1] / "demo"
WHOLE = ("dongxing", "haojiang", "jinshan")
LARGE, STREET, CHAIN = "bagongshan", "340405001", ("34", "3404", "340405")
PLAIN = 60_000  # bytes; smaller files stay as they are
NOTE = """# Xinzhuangzi street of Bagongshan district, February and March 2022

This is a part. The whole scenario holds the district's six streets and towns, about 86,800 households and 210,000 made-up persons, too
large for this repository. Here is one street, 新庄孜街道 (340405001): {households} households and {persons} persons in {grids}
grids, with what was said there and nothing else. Numbers of the article (216 grids, 1012 people who knock on doors, 41 schools …) are
the district's and do not come out here; so there is no expected.json. scripts/pack_towns.py cut it out: areas, members, places, plan
and records of the street; records of a phone that also worked elsewhere are numbered anew, so that none looks missing.

The grids below the official villages are ours, all persons made up (IDs begin with 99).
"""


def packed(raw: bytes) -> bytes:
    """The same bytes every time."""
    return lzma.compress(raw, preset=9 | lzma.PRESET_EXTREME)


def keep(name: str, raw: bytes, folder: Path) -> None:
    """Writes one file, packed where that saves something; `.gz` is opened first, and its name kept."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".gz"):
        target.with_name(f"{target.name}.xz").write_bytes(packed(gzip.decompress(raw)))
    elif len(raw) > PLAIN:
        target.with_name(f"{target.name}.xz").write_bytes(packed(raw))
    else:
        target.write_bytes(raw)


def inside(code: str) -> bool:
    """Whether an area lies in the street."""
    return code.startswith(STREET)


def rows(raw: bytes, column: str, also: Iterable[str] = ()) -> bytes:
    """The table's rows that lie in the street."""
    table = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, table.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in table if inside(row[column]) or row[column] in also)
    return out.getvalue().encode()


def plan(raw: dict[str, Any]) -> dict[str, Any]:
    """The plan with the street's units and persons."""
    raw["report"]["units"] = [unit for unit in raw["report"]["units"] if inside(unit)]
    for campaign in raw["campaigns"]:
        for part in (campaign["targets"], campaign.get("excused")):
            if isinstance(part, dict) and "persons" in part:
                part["persons"] = [code for code in part["persons"] if inside(code)]
    return raw


def pushes(raw: bytes) -> Iterator[bytes]:
    """The pushes with the street's records alone, numbered anew by device."""
    lines = [json.loads(line) for line in raw.splitlines() if line.strip()]
    for push in lines:
        push["events"] = [event for event in push["events"] if inside(str(event.get("area", "")))]
    numbers: dict[str, set[int]] = {}
    for push in lines:
        numbers.setdefault(push["device"], set()).update(event["seq"] for event in push["events"] if isinstance(event.get("seq"), int))
    anew = {device: {old: new for new, old in enumerate(sorted(held), 1)} for device, held in numbers.items()}
    for push in lines:
        for event in push["events"]:
            if isinstance(event.get("seq"), int):
                event["seq"] = anew[push["device"]][event["seq"]]
        if push["events"]:
            yield json.dumps(push, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def street(source: Path, folder: Path) -> None:
    """One street of the large town."""
    areas = rows((source / "areas.csv").read_bytes(), "code", also=CHAIN)
    keep("areas.csv", areas, folder)
    keep("members.csv", rows((source / "members.csv").read_bytes(), "area", also=CHAIN), folder)
    keep("places.csv", rows((source / "places.csv").read_bytes(), "area"), folder)
    found = json.loads((source / "plan.json").read_bytes())
    keep("plan.json", json.dumps(plan(found), ensure_ascii=False, indent=1).encode() + b"\n", folder)
    keep("pushes.jsonl.gz", gzip.compress(b"".join(pushes(gzip.decompress((source / "pushes.jsonl.gz").read_bytes())))), folder)
    persons, homes = 0, set()
    for path in sorted((source / "roster").glob(f"*-{STREET}.*")):
        keep(f"roster/{path.name}", path.read_bytes(), folder)
        with gzip.open(path, "rt", encoding="utf-8-sig") as text:
            for row in csv.DictReader(text):
                persons, homes = persons + 1, homes | {row["户编号"]}
    grids = areas.count(b",grid")
    note = NOTE.format(persons=f"{persons:,}", households=f"{len(homes):,}", grids=grids)
    keep("README.md", note.encode(), folder)


def main(arguments: list[str]) -> int:
    """Writes all of them anew."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write(__doc__ or "")
        return 2
    source = Path(arguments[0])
    for town in (*WHOLE, LARGE):
        shutil.rmtree(DEMO / town, ignore_errors=True)
        if town == LARGE:
            street(source / town, DEMO / town)
        else:
            for path in sorted(path for path in (source / town).rglob("*") if path.is_file()):
                keep(path.relative_to(source / town).as_posix(), path.read_bytes(), DEMO / town)
        size = sum(path.stat().st_size for path in (DEMO / town).rglob("*") if path.is_file())
        print(f"demo/{town}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
