"""The trail is appended to, and never changed."""

from datetime import timedelta

import pytest

from closeknit.access import trail
from closeknit.access.models import Reading
from closeknit.kit import clock


def test_a_reading_keeps_who_what_and_the_path_without_its_query(account):
    ana = account("ana", "grid_worker", "43")

    row = trail.read(ana, "registry.person", ["P2", "P1", "P1", ""], what="person", purpose="call back", path="/people/?q=somebody")

    assert (row.account, row.screen, row.what, row.codes, row.purpose, row.path) == (
        "ana",
        "registry.person",
        "person",
        ["P1", "P2"],
        "call back",
        "/people/",
    )


def test_nobody_shown_is_no_reading(account):
    assert trail.read(account("ana", "grid_worker", "43"), "registry.people", []) is None
    assert Reading.objects.count() == 0


def test_readings_are_neither_changed_nor_deleted(account):
    row = trail.read(account("ana", "grid_worker", "43"), "registry.person", ["P1"])

    for attempt in (row.save, row.delete, Reading.objects.all().delete, lambda: Reading.objects.update(account="ben")):
        with pytest.raises(TypeError):
            attempt()
    assert Reading.objects.get().account == "ana"


def test_what_is_over_is_destroyed_and_nothing_newer(account):
    ana = account("ana", "grid_worker", "43")
    old = trail.read(ana, "registry.person", ["P1"])
    with clock.at(old.at + timedelta(days=2)):
        trail.read(ana, "registry.person", ["P2"])
    before = old.at + timedelta(days=1)

    assert (trail.expire(before, dry=True), Reading.objects.count()) == (1, 2)
    assert trail.expire(before) == 1
    assert [row.codes for row in Reading.objects.all()] == [["P2"]]
