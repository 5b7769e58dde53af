"""Writes demo/pushi/more: what the demonstration tells beside the sweep, in the pushes' wire format. The same register, the same files.

    .venv/bin/python scripts/demo_people.py

The persons are those of demo/pushi/roster, all made up (IDs begin with 99). The times lie in Pushi's two days, 18 and 19 March 2022;
`closeknit demo` moves them to today. What is told later than the hour at which the demonstration starts arrives while it runs.
"""

import gzip
import json
import os
import random
import sys
from collections.abc import Sequence
from tempfile import TemporaryDirectory

from demo_told import commanding, confining, files, health, helping, people, places, publicity
from demo_told.telling import DAY, MORE, NEIGHBOUR, NEXT, PLACES, PUSHI, ROOT, ROUND, TOWN, VILLAGE, Register, Teller, at, members


def _table(name: str, rows: Sequence[dict[str, str]]) -> None:
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    (MORE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def write(register: Register) -> None:
    """All files of the folder."""
    MORE.mkdir(exist_ok=True)
    teller = Teller(random.Random(2022))
    health.testing(teller, register)
    health.lists(teller, register)
    health.isolation(teller, health.returnees(teller, register))
    helping.care(teller, register)
    helping.supplies(teller, register)
    helping.workforce(teller)
    health.routine(teller, register)
    _tell_places(teller, register)
    _tell_people(teller, register)
    _tell_command(teller, register)
    files.county_list(register)
    files.sign_up(register)
    _table("members.csv", members())
    _table("places.csv", [dict(zip(("code", "category", "name", "area", "chiefs"), row, strict=True)) for row in PLACES])
    due = [person["code"] for area in (VILLAGE, NEIGHBOUR) for person in register.persons[area]]
    campaign = {"code": ROUND, "kind": "testing.round", "name": "浦溪、长坪两村核酸检测", "area": TOWN, "from": at(DAY, 8).isoformat(),
                "to": at(NEXT, 18).isoformat(), "targets": {"persons": due}}  # fmt: skip
    checks = [
        {"code": code, "kind": kind, "name": name, "area": TOWN, "from": at(DAY, 8).isoformat(), "to": at(NEXT, 18).isoformat(),
         "targets": {"category": categories}}
        for code, kind, name, categories in places.SECTORS
    ]  # fmt: skip
    campaigns = [campaign, people.school_campaign(register), *checks]
    (MORE / "plan.json").write_text(json.dumps({"campaigns": campaigns}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = "".join(json.dumps(push, ensure_ascii=False, separators=(",", ":")) + "\n" for push in teller.pushes())
    with (MORE / "pushes.jsonl.gz").open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(lines.encode())


def _tell_places(teller: Teller, register: Register) -> None:
    places.inspections(teller)
    places.cold_chain(teller)
    places.clinics(teller)
    places.sectors(teller)
    places.venues(teller, register)
    confining.zones(teller, register)
    confining.controls(teller)
    confining.checkpoints(teller)
    confining.investigation(teller)
    confining.parties(teller)


def _tell_people(teller: Teller, register: Register) -> None:
    people.passes(teller, register)
    people.school(teller, register)
    people.vaccination(teller, register)
    people.away(teller, register)
    publicity.texts(teller)
    publicity.broadcasts(teller, register)
    publicity.materials(teller, register)
    publicity.rumours(teller)


def _tell_command(teller: Teller, register: Register) -> None:
    commanding.headquarters(teller, register)
    first, *_ = commanding.meetings(teller)
    commanding.directives(teller, register)
    commanding.tasks(teller, first)
    commanding.liaison(teller)
    commanding.supervision(teller, register)


def main() -> None:
    """Reads Pushi's register into a database of its own, and writes."""
    sys.path.insert(0, str(ROOT))
    with TemporaryDirectory() as home:
        os.environ |= {"CLOSEKNIT_HOME": home, "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        from closeknit.sync.scenarios import load_register

        call_command("migrate", verbosity=0)
        load_register(PUSHI, by="demo", progress=lambda what, done, of: None)
        write(Register())


if __name__ == "__main__":
    main()
