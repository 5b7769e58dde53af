"""How long the whole country's areas take to import, and how long its console takes to answer with all of them held.

closeknit bench areas [--quick] [--json]
python benchmarks/areas.py china_2021_all_levels.csv.gz [--below 433122] [--home DIR] [--only-pages]

The real table (663,131 rows, codes of the National Bureau of Statistics of 2021) does not ship: it comes from
github.com/liyanjie2048/AdministrativeDivisionCn (MIT). Without it a made-up country of about as many areas is read; --quick: one province
of 7,400. Import twice tells that the second time changes nothing; the peak of memory is the import's own. Then the pages of the first
screen, the search and the tree are asked for as somebody of the county and of its province.
"""

import csv
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.ground.line import command, tell

COUNTY = "433122"
PREFECTURES, COUNTIES, TOWNS, VILLAGES = 11, 9, 14, 15  # of each province, prefecture, county and town: about what the country has


def country(*, quick: bool) -> Iterator[tuple[str, str, str, str]]:
    """Code, parent, name and level of a made-up country's areas, the county of this benchmark among them."""
    provinces = ("43",) if quick else tuple(str(number) for number in range(20, 51))
    counties = 3 if quick else COUNTIES
    for province in provinces:
        yield province, "", f"试{province}省", "province"
        for number in range(PREFECTURES):
            prefecture = f"{province}{31 + number}"
            yield prefecture, province, f"试{prefecture}州", "prefecture"
            for each in range(counties):
                yield from _county(f"{prefecture}{20 + each}", prefecture)


def _county(county: str, prefecture: str) -> Iterator[tuple[str, str, str, str]]:
    yield county, prefecture, f"试{county}县", "county"
    for town, village in product(range(TOWNS), range(VILLAGES + 1)):
        code = f"{county}{100 + town}"
        yield (f"{code}{200 + village}", code, f"{town}镇{village}村", "village") if village else (code, county, f"{town}镇", "township")


def written(home: Path, *, quick: bool) -> Path:
    """The table of the made-up country."""
    path = home / "areas.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("code", "parent", "name", "level"), *country(quick=quick)])
    return path


def imported(path: Path, below: str) -> Iterator[dict[str, Any]]:
    """Imports twice."""
    from closeknit.areas.loading import load_areas

    for time_ in ("first", "again"):
        began = time.perf_counter()
        loaded = load_areas(path, below=below)
        sizes = {"read": loaded.read, "new": loaded.new, "changed": loaded.changed, "parked": len(loaded.parked)}
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield {"name": f"areas.import.{time_}", "value": round(time.perf_counter() - began, 1), "peak_mb": peak_mb, "sizes": sizes}


def asked() -> Iterator[dict[str, Any]]:
    """Pages of a county's and of a province's account."""
    from django.test import Client

    from closeknit.access.models import Account
    from closeknit.policy.packs import adopt

    adopt(COUNTY, "generic")
    for area in (COUNTY, COUNTY[:2]):
        account, _ = Account.objects.get_or_create(username=f"supervisor-{area}", role="county_supervisor", area=area)
        client = Client(raise_request_exception=True)
        client.force_login(account)
        for page in ("/", f"/area/{area}/", "/search/?q=浦市", "/search/?q=pushi", "/campaigns/plan/"):
            for _ in ("warm", "measured"):
                began = time.perf_counter()
                answer = client.get(page)
            ms = round((time.perf_counter() - began) * 1000)
            yield {"name": "areas.page", "value": ms, "page": page, "of": area, "status": answer.status_code}


def main() -> None:
    """Imports into a database of its own, and asks."""
    parser = command(__doc__)
    parser.add_argument("table", type=Path, nargs="?")
    parser.add_argument("--below", default="")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--only-pages", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "CLOSEKNIT_HOME": str(options.home or home),
            "DJANGO_SETTINGS_MODULE": "closeknit.settings",
            "CLOSEKNIT_HOSTS": "testserver",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        if not options.only_pages:
            for told in imported(options.table or written(Path(home), quick=options.quick), options.below):
                tell(told, as_json=options.json)
        for told in asked():
            tell(told, as_json=options.json)


if __name__ == "__main__":
    main()
