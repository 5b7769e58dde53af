"""What the demonstration brings beside its scenario: every measure is told of, and two files to try by hand come in as their screens do."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from closeknit.kit import clock
from closeknit.ledger.kinds import kinds
from closeknit.ledger.queries import standing
from closeknit.measures.listintake.models import Draft, ParkedRow
from closeknit.measures.lists.kinds import Item
from closeknit.measures.supplies.kinds import LineParked, Ordered
from closeknit.sync.demonstration import MORE, PUSHI, TURNS_AT
from closeknit.sync.scenarios import load_register, pushes
from tests.town import account

FOLDER = PUSHI.brought / MORE
HERE = timezone(timedelta(hours=8))
AFTERNOON = datetime(2022, 3, 19, 14, 0, tzinfo=HERE)
EARLIEST = datetime(2022, 3, 18, TURNS_AT, 0, tzinfo=HERE)  # from this hour on the demonstration begins with its first day
SAID_ELSEWHERE = {  # by the server itself, by an after-step of the demonstration, or by whoever tries it
    "legality.drawn", "legality.reviewed", "notices.sent", "reports.filled", "routine.drawn", "residents.card_issued",
    "tracing.asked", "tracing.person_named",
}  # fmt: skip
LATER = {"inspections.lifted", "isolation.released", "testing.site_closed", "venues.patrolled"}  # told in the evening or on the next day
NOT_TOLD = {  # the end of something, its correction, or what only an odd day brings
    "arrivals.cleared", "care.help_asked_again", "cases.returned", "cases.withdrawn", "checkplans.ended", "controls.lifted",
    "deployment.call_closed",
    "deployment.hours_settled", "deployment.taken_on", "deployment.team_ended", "directives.ended", "doorknock.recheck_drawn",
    "doorknock.rechecked", "headquarters.ended", "headquarters.relieved", "inspections.carried_out", "investigations.staff_named",
    "isolation.objection_decided", "lists.assigned", "lists.colour_read", "lists.returned", "registry.amended", "registry.merged",
    "reports.declared", "residents.card_revoked", "residents.tries_renewed", "routine.member_left", "schemes.written",
    "supplies.round_set", "testing.cleared", "workforce.cannot", "workforce.passed_on",
}  # fmt: skip


def told(before: datetime) -> Iterable[dict[str, Any]]:
    """What has come by a moment: the scenario's own records and those of the demonstration."""
    for folder in (PUSHI.brought, FOLDER):
        for push in pushes(folder):
            if push.received_at <= before:
                yield from push.events


def test_the_demonstration_tells_of_every_measure_at_whatever_hour_it_begins():
    early, whole = ({event["kind"] for event in told(moment)} for moment in (EARLIEST, datetime.max.replace(tzinfo=HERE)))

    assert kinds().keys() - SAID_ELSEWHERE - NOT_TOLD - early == LATER, "scripts/demo_told leaves a measure empty at its first hour"
    assert whole >= LATER
    assert NOT_TOLD & whole == set(), "told by now: take it off the list"


@pytest.fixture
def pushi() -> Any:
    """Pushi's register, on the afternoon of its last day."""
    load_register(PUSHI.brought, by="test", progress=lambda what, done, of: None)
    with clock.at(AFTERNOON):
        yield


def signed_in(client: Client, role: str, area: str) -> Client:
    client.force_login(account(role, role, area))
    return client


@pytest.mark.django_db
def test_the_list_of_the_county_becomes_items_and_leaves_what_a_person_must_settle(pushi: None, client: Client):
    clerk = signed_in(client, "town_clerk", PUSHI.town)
    file = SimpleUploadedFile("list.csv", (FOLDER / "list.csv").read_bytes())
    clerk.post(reverse("lists.bring"), {"source": "county", "list": "县推-13", "file": file})
    draft = Draft.objects.get()

    shown = clerk.get(reverse("lists.draft", args=[draft.id]))
    clerk.post(reverse("lists.take", args=[draft.id]))

    draft.refresh_from_db()
    assert (shown.status_code, draft.state) == (200, Draft.State.DONE)
    assert draft.summary == {
        "new": 11, "repeated": 1, "exact": 8, "folded": 1, "doubtful": 1, "unplaced": 1, "parked": 2, "unchanged": 0,
    }  # fmt: skip
    assert sorted(ParkedRow.objects.values_list("row", "column", "reason")) == [(15, "姓名", "no_person"), (16, "核查时限", "bad_time")]
    assert dict(Counter(item.how for item in Item.objects.all())) == {"exact": 8, "folded": 1, "doubtful": 1, "": 1}
    assert Item.objects.get(how="").area == PUSHI.town, "whose village nobody knows waits at the town"


@pytest.mark.django_db
def test_the_sign_up_becomes_orders_and_leaves_what_a_person_must_settle(pushi: None, client: Client):
    village = signed_in(client, "village_secretary", PUSHI.village)
    said = {"village": PUSHI.village, "text": (FOLDER / "sign-up.txt").read_text(encoding="utf-8")}
    address = reverse("orders.chain", args=[PUSHI.village])

    shown = village.post(address, said)
    taken = village.post(address, {**said, "do": "take"})
    again = village.post(address, {**said, "do": "take"})

    assert (shown.status_code, taken.status_code, again.status_code) == (200, 302, 302)
    orders = standing(Ordered)
    assert (orders.count(), sum(event.data["quantity"] for event in orders)) == (14, 16)
    waiting = standing(LineParked).order_by("at", "id")
    assert [(event.told()["line"][:3], event.data["why"]) for event in waiting] == [
        ("13.", "no_door"), ("14.", "no_door"), ("15.", "several_packs"),
    ]  # fmt: skip
