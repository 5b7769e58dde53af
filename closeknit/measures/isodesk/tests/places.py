"""An isolation site with three rooms, for tests of the desk and of stays."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from closeknit.kit import clock
from closeknit.registry.loading import load_places
from tests.town import EAST, START, Field

NOW = START + timedelta(hours=8)  # 16:00 there
ROOMS = (("101", 1, "in_use"), ("102", 2, "in_use"), ("103", 1, "closed"))


def site(field: Field, folder: Path) -> None:
    """A site in the eastern village with a single room, a double room and one that is closed."""
    rows = ("code,category,name,area,lat,lon,chiefs,notes", f"ISO1,isolation_site,东岭隔离点,{EAST},,,,", f"S9,shop,河街商店二,{EAST},,,,")
    (folder / "more.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with clock.at(START - timedelta(days=1)):
        load_places(folder / "more.csv")
    for room, beds, state in ROOMS:
        data = {"room": room, "beds": beds, "state": state, **({"reason": "漏水"} if state == "closed" else {})}
        field.record("isolation.room_set", place="ISO1", area=EAST, data=data)


@pytest.fixture
def sites(field_records: Field, tmp_path: Path) -> Iterator[Field]:
    """The site, in the afternoon of the first day."""
    site(field_records, tmp_path)
    with clock.at(NOW):
        yield field_records
