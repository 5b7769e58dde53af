"""How long the console's pages take with a town's data: what the menu and two more links lead to, for four roles, the slowest first.

closeknit bench pages [--quick] [--json]
python benchmarks/pages.py [--quick] [--json] [--home DIR]

A page is asked for in this process, through everything that a request passes but the socket, so that its CPU time (SQLite's too) can be
told from waiting for other work of the machine. Files to take away are no pages.
"""

import contextlib
import importlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from django.urls import Resolver404, resolve

from benchmarks.ground.line import at, command, tell

GOAL_MS = 200
ACCOUNTS = ("village", "clerk", "county", "grid")
FULL, QUICK = (8, 12), (3, 3)  # views of a page, pages of a screen at a step from the menu
STEPS = 2  # from a line of the menu: the page itself, what it links to, and what that links to
LINK = re.compile(r'href="(/[^"#]*)')
ONE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27,}|\d[\d-]{5,}|[0-9A-Z]{8,}")
SAME_PAGE = re.compile(r"\?(?!all=1$).*")  # another sorting or filter of a list is the same work; the whole list is not


@dataclass
class Page:
    """A page of an account, and the milliseconds of each view of it."""

    account: str
    path: str
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """What is said of it."""
        return {
            "account": self.account, "page": self.path,
            **milliseconds("cpu_", self.cpu), **milliseconds("", self.wall),
        }  # fmt: skip


def milliseconds(prefix: str, taken: list[float]) -> dict[str, float]:
    """The middle one and the slowest of a hundred but five."""
    return {f"{prefix}p{round(share * 100)}_ms": round(at(taken, share), 1) for share in (0.5, 0.95)}


class Visitor:
    """Somebody who is signed in and looks at pages."""

    def __init__(self, username: str) -> None:
        from django.test import Client

        from closeknit.access.models import Account

        self.account = Account.objects.get(username=username)
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(self.account)

    def get(self, path: str) -> tuple[float, float, str | None]:
        """CPU and wall milliseconds until the answer was whole, and the page; None for what is none."""
        cpu, wall = time.process_time(), time.perf_counter()
        answer = self.client.get(path)
        body = answer.getvalue()
        taken = (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
        page = answer.status_code == 200 and answer.headers.get("content-type", "").startswith("text/html")
        return *taken, body.decode() if page else None

    def pages(self, most: int) -> Iterator[str]:
        """The menu's pages and what they lead to: of each screen at most so many at each step, spread over all that there are."""
        from closeknit.console.menu import menu

        seen: set[str] = set()
        links = ["/", *(item.url for group in menu(self.account, None) for item in group.items)]
        for step in range(STEPS + 1):
            new = {sort: link for link in reversed(links) if (sort := sort_of(link)) not in seen}
            seen |= new.keys()
            paths = list(reversed(new.values())) if step == 0 else spread(new.values(), most)
            links = []
            for path in paths:
                page = self.get(path)[2]
                if page is not None:
                    yield path
                    links += [unescape(link) for link in LINK.findall(page)] if step < STEPS else []


def sort_of(path: str) -> str:
    """What pages of the same work have in common: all but who or what they are about, and how a list is sorted or filtered."""
    return ONE.sub("*", SAME_PAGE.sub("", path))


def spread(paths: Iterable[str], most: int) -> list[str]:
    """At most so many of the addresses of each screen, evenly over all; what is no screen is left out."""
    by_screen: dict[str, list[str]] = {}
    for path in paths:
        with contextlib.suppress(Resolver404):
            by_screen.setdefault(resolve(path.partition("?")[0]).view_name, []).append(path)
    return [path for held in by_screen.values() for path in held[:: -(-len(held) // most)]]


def measured(times: int, most: int) -> list[Page]:
    """Every page, looked at so many times after a first time."""
    pages = []
    for username in ACCOUNTS:
        visitor = Visitor(username)
        for path in visitor.pages(most):
            page = Page(username, path)
            for _ in range(times):
                cpu, wall, _page = visitor.get(path)
                page.cpu.append(cpu)
                page.wall.append(wall)
            pages.append(page)
    return sorted(pages, key=lambda page: -at(page.cpu, 0.5))


def told(pages: list[Page], quick: bool) -> dict[str, Any]:
    """The line: p95 of all views of all pages, how many pages take longer than the goal by CPU time, and those that take longest."""
    cpu, wall = [one for page in pages for one in page.cpu], [one for page in pages for one in page.wall]
    return {
        "name": "pages", "value": round(at(wall, 0.95), 1), **milliseconds("", wall), **milliseconds("cpu_", cpu),
        "goal": GOAL_MS, "over_goal": sum(at(page.cpu, 0.95) > GOAL_MS for page in pages),
        "sizes": {"pages": len(pages), "views": len(wall), "accounts": list(ACCOUNTS), "quick": quick},
        "worst": [page.told() for page in pages[:12]],
    }  # fmt: skip


def prepare(home: Path) -> None:
    """The demonstration in `home`, and Django over it in this process."""
    os.environ["CLOSEKNIT_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "closeknit.settings"
    command = [Path(sys.executable).parent / "closeknit", "demo", "pushi", "--prepare-only"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    importlib.import_module("closeknit.asgi")  # as the server does: what is there from the start is not looked through for garbage again


def main() -> None:
    """Measures, and prints a line a page and the whole, or with --json only the whole."""
    parser = command(__doc__)
    parser.add_argument("--home", type=Path, help="a home that holds the demonstration already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="closeknit-pages-") as home:
        prepare(options.home or Path(home))
        pages = measured(*(QUICK if options.quick else FULL))
    if not options.json:
        print("CPU p50, p95, wall p50, p95 in ms:")
        for page in pages:
            print("{cpu_p50_ms:8} {cpu_p95_ms:8} {p50_ms:8} {p95_ms:8}  {account:<8} {page}".format(**page.told()))
    tell(told(pages, options.quick), as_json=options.json)


if __name__ == "__main__":
    main()
