"""A zone over the western village, a control and a square there, for the tests of every address."""

from datetime import timedelta

from closeknit.registry.models import Place
from tests.town import START, WEST, Field


def a_zone(field: Field) -> None:
    """A zone that holds all day, looked at once, a control of the same days, and a square."""
    law = {"basis": "《传染病防治法》第四十二条", "authority": "镇指挥部"}
    times = {"from_at": START.isoformat(), "until_at": (START + timedelta(days=3)).isoformat()}
    zone = {"zone": "Z-1", "name": "河街片区", "measure": "stay_home", "lifts": ["no_new_case"], "areas": [WEST]}
    field.record("zones.ordered", data={**zone, **law, **times})
    field.record("zonechecks.checked", data={"zone": "Z-1", "met": ["doors_open"], "not_met": ["notice_posted"]})
    field.record("controls.ordered", data={"control": "K-1", "sort": "suspension", "what": "gathering", "where": "全村", **law, **times})
    Place.objects.create(code="SQ1", category="square", name="河街广场", area=WEST, learned_at=START)
    field.record("controls.guarded", place="SQ1", data={"way": "roving", "people": 3})
