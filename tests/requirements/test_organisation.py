"""Table A: the tree of areas, and what cuts across it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.registry.models import Household, Person
from tests.town import COUNTY, EAST, GRID, START, TOWN, WEST, Cast, Field

SignIn = Callable[..., Any]
NOON = START + timedelta(hours=4)


def test_org_01_the_tree_reaches_from_the_province_to_grid_household_and_person(town: None):
    grid = Area.objects.current().get(code=GRID)
    levels = dict(Area.objects.current().filter(code__in=grid.path.strip("/").split("/")).values_list("level", "code"))
    household, person = Household.objects.current().get(code="H3"), Person.objects.current().get(code="P4")

    assert levels == {"province": "99", "prefecture": "9901", "county": COUNTY, "township": TOWN, "village": WEST, "grid": GRID}
    assert (household.area, household.told()["address"], person.household) == (GRID, "2组1号", "H3")


def test_org_01_a_functional_zone_or_responsibility_area_cuts_across_villages_and_grids(field_records: Field, cast: Cast, sign_in: SignIn):
    said = {"body": "河街工业园区", "type": "zone", "leader": "W3", "covers": [GRID, EAST]}
    with clock.at(NOON):
        client = sign_in(cast.ben)
        foreign = client.post(f"/headquarters/{TOWN}/form/", {"event": str(uuid4()), **said, "covers": ["990102101201"]})
        made = client.post(f"/headquarters/{TOWN}/form/", {"event": str(uuid4()), **said})
        page = client.get(f"/bodies/{TOWN}/河街工业园区/").content.decode()

    assert (foreign.status_code, made.status_code) == (422, 302)
    assert ("西坪村第1网格" in page, "1 户 1 人" in page, "东岭村" in page, "2 户 2 人" in page) == (True, True, True, True)
