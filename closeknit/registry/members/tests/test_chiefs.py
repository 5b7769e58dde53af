"""Reading places.csv again: what somebody has named on a screen since is not undone."""

from pathlib import Path

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.actions import Refused
from closeknit.registry.loading import load_places
from closeknit.registry.members.chiefs import changed, name_chiefs, resolve
from closeknit.registry.models import Place
from tests.town import PLACES, START, WEST, write_csv

HEADING = ("code", "category", "name", "area", "lat", "lon", "chiefs", "notes")
FILED = "territory:W1;industry:W2;enterprise:W3"


def read(folder: Path, chiefs: str) -> dict[str, int]:
    rows = [(*row[:6], chiefs if row[0] == "CS1" else row[6], row[7]) for row in PLACES]
    return load_places(write_csv(folder / "places.csv", HEADING, rows))


def standing() -> dict[str, str]:
    return dict(Place.objects.current().get(code="CS1").chiefs)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"industry": "W9"}, [["territory", "W1"], ["industry", "W9"]]),
        ({"territory": ""}, [["industry", "W2"]]),
        ({"enterprise": "W3"}, [["territory", "W1"], ["industry", "W2"], ["enterprise", "W3"]]),
    ],
)
def test_a_role_is_given_changed_or_taken_away(changes: dict[str, str], expected: list[list[str]]):
    assert changed([["territory", "W1"], ["industry", "W2"]], changes) == expected


def test_chiefs_named_on_a_screen_outlast_the_same_file_and_not_a_new_one(town: None, tmp_path: Path):
    with clock.at(START):
        name_chiefs("CS1", {"industry": "W1", "territory": "W2"}, by="ben", reason="岗位调整")
    again = read(tmp_path, FILED)
    after_the_same = standing()
    read(tmp_path, "territory:W3;industry:W2;enterprise:W1")

    assert again["changed"] == 0
    assert after_the_same == {"enterprise": "W3", "industry": "W1", "territory": "W2"}
    assert standing() == {"territory": "W3", "industry": "W2", "enterprise": "W1"}
    assert [dict(each.chiefs)["territory"] for each in Place.objects.filter(code="CS1").order_by("learned_at")] == ["W1", "W2", "W3"]
    assert Event.objects.get(kind="registry.amended").data == {"fields": ["chiefs"], "chiefs": ["industry:W1", "territory:W2"]}


def test_a_chief_is_a_member_here_or_above_by_code_or_name(town: None):
    assert (resolve("W1", "x", area=WEST), resolve(" 镇干部 ", "x", area=WEST), resolve("", "x", area=WEST)) == ("W1", "W3", "")
    for stranger in ("W2", "王某"):
        with pytest.raises(Refused, match="not on the list of members"):
            resolve(stranger, "industry", area=WEST)
