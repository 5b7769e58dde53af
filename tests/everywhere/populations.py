"""A key population with a draw in the small county, for tests."""

from closeknit.ledger.models import Event
from tests.town import Field


def a_draw(field: Field) -> Event:
    """A key population of the western village with one person, and a draw of it."""
    field.record("routine.group_set", data={"group": "KP-1", "label": "集市摊主", "category": "services"})
    field.record("routine.member_added", person="P1", data={"group": "KP-1"})
    data = {"group": "KP-1", "share": 1, "day": "2022-03-18", "salt": "x", "seed": "y", "of": "z", "among": 1, "until_day": "2022-03-20"}
    return field.record("routine.drawn", data={**data, "drawn": ["P1"]})
