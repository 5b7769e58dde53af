"""How a pushed list of names is matched to the register: seconds, and recall and precision at each threshold, with the truth known.

closeknit bench match [--quick] [--json]

One line a figure. match.seconds: a list of 10,000 rows with typing errors against a register of a million in PostgreSQL, from the rows to
who is linked, who is for a person to decide and who is nobody; match.recall and match.precision: of what is linked without a person, at
the thresholds that the product uses; match.shown: of those who are linked or shown to a person.
"""

import csv
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
from benchmarks.ground.line import command, tell  # noqa: E402  the path comes first

GOAL_S, GOAL_RECALL, GOAL_PRECISION = 60, 0.98, 0.99
THRESHOLDS = (6, 8, 10, 12, 14, 16, 18, 20)


def main() -> None:
    """Fills a register, matches, and prints a line a figure."""
    parser = command(__doc__)
    parser.add_argument("--persons", type=int)
    options = parser.parse_args()
    persons, rows = (3_000, 1_000) if options.quick else (options.persons or 1_000_000, 10_000)

    import postgres

    with tempfile.TemporaryDirectory(prefix="closeknit-match-") as home, postgres.server(*postgres.ADVISED) as url:
        os.environ |= {"CLOSEKNIT_HOME": home, "CLOSEKNIT_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
        for told in measured(Path(home), persons, rows):
            tell(told, as_json=options.json)


def measured(home: Path, persons: int, rows: int) -> list[dict[str, Any]]:
    """The figures."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.ground import people
    from closeknit.registry.models import Person
    from closeknit.registry.reading.identifying import Whom, identify

    call_command("migrate", verbosity=0)
    known = settled(home, persons)
    others = list(people.people(persons // 50, seed=99))
    listed = list(people.pushed(known, others, rows=rows))
    whoms = [Whom(each.name, each.id_no, each.phone, each.address) for each in listed]
    began = time.perf_counter()
    found = identify(whoms, Person.objects.current())
    seconds = time.perf_counter() - began
    bears = {each.number: each.id_no for each in known}
    truth = [bears.get(each.means) if each.means is not None else None for each in listed]
    meant = [tuple(str(person.told().get("id_no", "")) for person in each.persons) for each in found]
    sure = [ids[0] if each.how in ("exact", "folded") else None for each, ids in zip(found, meant, strict=True)]
    recall, precision = recall_precision(truth, sure)
    shown = sum(1 for own, ids in zip(truth, meant, strict=True) if own and own in ids) / sum(map(bool, truth))
    sizes = {"persons": persons, "rows": rows, "doubtful": sum(each.how == "doubtful" for each in found)}
    curve = {str(least): recall_precision(truth, at(least, found, meant)) for least in THRESHOLDS}
    figures = (("seconds", seconds, GOAL_S), ("recall", recall, GOAL_RECALL), ("precision", precision, GOAL_PRECISION))
    told = [{"name": f"match.{name}", "value": round(value, 4), "goal": goal, "sizes": sizes} for name, value, goal in figures]
    return [*told, {"name": "match.shown", "value": round(shown, 4), "goal": GOAL_RECALL, "sizes": sizes, "thresholds": curve}]


def at(least: float, found: Sequence[Any], meant: Sequence[tuple[str, ...]]) -> list[str | None]:
    """Whom each row would be linked to if the likeliest were taken from this weight on, whoever comes next."""
    return [ids[0] if ids and (each.how == "exact" or each.weight >= least) else None for each, ids in zip(found, meant, strict=True)]


def recall_precision(truth: Sequence[str | None], linked: Sequence[str | None]) -> tuple[float, float]:
    """Which share of those who are in the register was linked to themselves, and which share of the links is right."""
    right = sum(1 for own, link in zip(truth, linked, strict=True) if link and own == link)
    return round(right / sum(map(bool, truth)), 4), round(right / max(1, sum(map(bool, linked))), 4)


def settled(home: Path, persons: int) -> list[Any]:
    """Brings everybody into the register by an import, and gives them."""
    from benchmarks.ground import people
    from closeknit.areas.loading import load_areas
    from closeknit.registry.importing import import_roster

    known, villages = list(people.people(persons)), people.villages(persons)
    with (home / "areas.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("code", "parent", "name", "level"), *people.areas(persons)])
    with (home / "roster.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = ((each.name, each.id_no, each.phone, villages[each.village][0], each.address) for each in known)
        csv.writer(stream).writerows([("姓名", "身份证号", "联系电话", "所属村(社区)", "现住址"), *rows])
    load_areas(home / "areas.csv")
    import_roster([home / "roster.csv"], by="bench")
    return known


if __name__ == "__main__":
    main()
