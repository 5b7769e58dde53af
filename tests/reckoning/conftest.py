"""The county of the reckonings in the product."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.policy.models import Pack
from closeknit.policy.packs import merged
from closeknit.registry.importing import import_roster
from closeknit.registry.loading import load_places
from tests.reckoning.facts import HEADINGS, MORE_PEOPLE, MORE_PLACES
from tests.town import START, id_no, write_csv


@pytest.fixture
def county(town: None, tmp_path: Path) -> None:
    """The small county with the people and places of this module, brought in by the ordinary imports."""
    rows = [
        (code, door, area, alone, immobile, key, sort, f"测试{'甲乙丙丁戊己庚辛'[number]}", id_no("19500101", 50 + number), f"{number}号")
        for number, (code, door, area, alone, immobile, key, sort) in enumerate(MORE_PEOPLE)
    ]
    with clock.at(START - timedelta(days=1)):
        load_places(
            write_csv(tmp_path / "more_places.csv", ("code", "category", "name", "area", "lat", "lon", "chiefs", "notes"), MORE_PLACES)
        )
        import_roster([write_csv(tmp_path / "more.csv", HEADINGS, rows)], by="test")


def say_otherwise(**parts: dict[str, Any]) -> None:
    """The pack of the county says otherwise in these parts, and always did."""
    held = Pack.objects.current().get()
    held.values = merged(held.values, parts)
    held.save()
