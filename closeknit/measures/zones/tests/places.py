"""A zone over the western village's grid and one household more, for tests of zones, their desk, checks and announcements."""

from datetime import timedelta
from typing import Any

from closeknit.ledger.models import Event
from tests.town import GRID, START, TOWN, Field

ZONE = "Z0001"


def order(field: Field, *, hours: float = 48, start: float = 0, zone: str = ZONE, **data: Any) -> Event:
    """The clerk orders a zone, from some hours after the start of the tests' day and for so long."""
    said = {
        "zone": zone, "name": "河街片区", "measure": "stay_home", "basis": "《传染病防治法》第四十二条",
        "authority": "镇指挥部", "order_no": "1号",
        "from_at": (START + timedelta(hours=start)).isoformat(), "until_at": (START + timedelta(hours=start + hours)).isoformat(),
        "areas": [GRID], "households": ["H1"], "lifts": ["no_new_case", "contacts_moved"], **data,
    }  # fmt: skip
    return field.record("zones.ordered", area=TOWN, member="W3", data=said)


def say(field: Field, kind: str, **rest: Any) -> Event:
    """Something is said of the zone."""
    data = {"zone": ZONE, **rest.pop("data", {})}
    return field.record(kind, area=rest.pop("area", TOWN), member="W3", data=data, **rest)
