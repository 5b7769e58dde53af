"""The county with these places in the product."""

from datetime import timedelta
from pathlib import Path

import pytest

from closeknit.kit import clock
from closeknit.registry.loading import load_places
from tests.reckoning.public.places import HEADING, PLACES
from tests.town import START, write_csv


@pytest.fixture
def places(county: None, tmp_path: Path) -> None:
    """The county with more places, brought in by the ordinary import."""
    with clock.at(START - timedelta(days=1)):
        load_places(write_csv(tmp_path / "public_places.csv", HEADING, PLACES))
