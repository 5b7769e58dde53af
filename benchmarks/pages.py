"""How long the console's pages take over HTTP with Pushi's data: p50 and p95 in ms, a JSON line a page, beside the plainest page as peer.

python benchmarks/pages.py [--quick] [--home DIR]
"""

import argparse
import http.cookiejar
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

BIN = Path(sys.executable).parent / "closeknit"
PEER = "/about/"
TOWN, VILLAGE = "433122108", "433122108202"
LINK = re.compile(r'href="(/[^"#?]*)')


class Visitor:
    """Somebody who is signed in and looks at pages."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[float, str]:
        """Milliseconds until the page was read whole, and the page."""
        began = time.perf_counter()
        with self.opener.open(self.base + path, timeout=30) as answer:
            page = answer.read().decode("utf-8", "replace")
        return (time.perf_counter() - began) * 1000, page

    def sign_in(self, username: str, password: str) -> None:
        """Signs in with the form."""
        _, page = self.get("/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        form = {"csrfmiddlewaretoken": token[1], "username": username, "password": password}
        request = urllib.request.Request(
            f"{self.base}/sign-in/", urllib.parse.urlencode(form).encode(), {"Referer": f"{self.base}/sign-in/"}
        )
        self.opener.open(request, timeout=30).read()


def pages(visitor: Visitor, most: int) -> list[str]:
    """The pages that can be reached from the first one in two steps, without those that only act or hand out files."""
    found, pending = {"/"}, ["/"]
    for _ in range(2):
        links = [link for path in pending for link in LINK.findall(visitor.get(path)[1])]
        pending = [link for link in dict.fromkeys(links) if link not in found and is_page(link)]
        found.update(pending)
        pending = one_of_a_sort(pending)
    return one_of_a_sort(sorted(found))[:most]


def is_page(path: str) -> bool:
    """Whether a link leads to a page: static files, downloads and the way out are none."""
    return not path.startswith("/static/") and not re.search(r"\.(docx|txt|xlsx|csv)$|sign-out|language|looks", path)


def one_of_a_sort(paths: list[str]) -> list[str]:
    """One path of each shape: households and events by the thousand look alike."""
    by_shape = {re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27,}|\d[\d-]{5,}", "*", path): path for path in paths}
    return list(by_shape.values())


def measured(visitor: Visitor, path: str, times: int) -> dict[str, float | str]:
    """p50, p95 and the worst of so many requests, the first not counted."""
    visitor.get(path)
    taken = sorted(visitor.get(path)[0] for _ in range(times))
    p95 = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
    return {"page": path, "p50_ms": round(statistics.median(taken), 1), "p95_ms": round(p95, 1), "max_ms": round(taken[-1], 1)}


def serve(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server over the demonstration in `home`; where it listens."""
    port = 8700 + os.getpid() % 200
    environment = os.environ | {"CLOSEKNIT_HOME": str(home), "CLOSEKNIT_BIND": f"127.0.0.1:{port}"}
    subprocess.run([BIN, "demo", "--prepare-only"], env=environment, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen([BIN, "serve"], env=environment, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(base + PEER, timeout=1).read()
            return process, base
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not answer within 20 seconds.")


def main() -> None:
    """Measures every sort of page for a town clerk and prints a line each, the slowest last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few requests a page, as a smoke test")
    parser.add_argument("--home", type=Path, help="a home that holds a demonstration already")
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="closeknit-pages-"))
    process, base = serve(home)
    try:
        visitor = Visitor(base)
        state = json.loads((home / "demonstration.json").read_text())
        visitor.sign_in("clerk", state["password"])
        times = 5 if options.quick else 40
        peer = measured(visitor, PEER, times)
        rows = []
        for path in pages(visitor, 12 if options.quick else 80):
            try:
                rows.append(measured(visitor, path, times))
            except urllib.error.HTTPError as error:
                print(json.dumps({"page": path, "status": error.code}))
        for row in sorted(rows, key=lambda row: row["p95_ms"]):
            print(json.dumps(row | {"ratio_to_plainest": round(float(row["p50_ms"]) / float(peer["p50_ms"]), 1)}))
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
