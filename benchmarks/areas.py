"""How long the whole country's areas take to import, and how long its console takes to answer with all of them held: JSON lines.

python benchmarks/areas.py china_2021_all_levels.csv.gz [--below 433122] [--home DIR] [--only-pages]

The table (663,131 rows, codes of the National Bureau of Statistics of 2021) does not ship: it comes from
github.com/liyanjie2048/AdministrativeDivisionCn (MIT). Import twice tells that the second time changes nothing; the peak of memory is the
import's own. Then the pages of the first screen, the search and the tree are asked for as somebody of the county and of its province.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

COUNTY = "433122"


def imported(path: Path, below: str) -> None:
    """Imports twice."""
    from closeknit.areas.loading import load_areas

    for time_ in ("first", "again"):
        began = time.perf_counter()
        loaded = load_areas(path, below=below)
        line = {"what": f"import, {time_}", "read": loaded.read, "new": loaded.new, "changed": loaded.changed, "parked": len(loaded.parked)}
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({**line, "s": round(time.perf_counter() - began, 1), "peak_mb": peak_mb}), flush=True)


def asked() -> None:
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
            line = {"page": page, "of": area, "status": answer.status_code, "ms": round((time.perf_counter() - began) * 1000)}
            print(json.dumps(line, ensure_ascii=False), flush=True)


def main() -> None:
    """Imports into a database of its own, and asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path)
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
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        if not options.only_pages:
            imported(options.table, options.below)
        asked()


if __name__ == "__main__":
    main()
