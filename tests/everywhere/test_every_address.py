"""Every address × role × relation (own area, other area, outsider, anonymous), held against one table."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape

from closeknit.access.models import Account
from closeknit.access.roles import ROLES, permissions
from closeknit.campaigns.models import Campaign
from closeknit.console.guard import guarded
from closeknit.console.manifest import screens
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Household, Person
from closeknit.reports.models import Sealed
from closeknit.sync.models import Card, Device, Invitation
from tests.everywhere.addresses import ADDRESSES, Address
from tests.everywhere.samples import Samples, address_of, lived_in
from tests.town import EAST, OTHER_COUNTY, START, TOWN, WEST, Field, account

pytestmark = pytest.mark.django_db
ELSEWHERE = {"west": EAST, "east": WEST}
# What stands on nobody's page who works in another county; a page for everybody may name a place, never a person.
PEOPLE = ("卢兰利", "单田芳", "H1<", "P1<")
OURS = (*PEOPLE, "西坪村", "河口镇", WEST)
REFUSED = {403, 404}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def test_every_address_is_in_the_table_and_asks_for_what_it_says():
    declared = {screen.name for screen in screens()}

    assert declared ^ {address.name for address in ADDRESSES} == set()
    by_name = {screen.name: screen for screen in screens()}
    differing = [each.name for each in ADDRESSES if by_name[each.name].permission and by_name[each.name].permission != each.permission]
    assert differing == []


@pytest.fixture
def samples(field_records: Field) -> Iterator[Samples]:
    """A thing for each part of an address; the clock stands at the day's evening."""
    made = lived_in(field_records)
    with clock.at(START + timedelta(hours=10)):
        yield made


def expected(one: Address, role: str, area: str) -> int:
    """403, 404, or 0 for anything that is no refusal."""
    if one.lies_in == "public":
        return 0
    if one.permission and one.permission not in permissions(role):
        return 403
    if one.lies_in == "gone":
        return 404
    if one.lies_in == "town":
        return 404 if area == OTHER_COUNTY else 0
    return 404 if one.lies_in in (*ELSEWHERE, "whole") and area != TOWN else 0


ONCE = "town_clerk"  # whose pages are opened on PostgreSQL too; who else is let in does not hang on the engine


@pytest.mark.parametrize("role", [pytest.param(role, marks=[pytest.mark.either] if role != ONCE else []) for role in ROLES])
def test_each_role_is_let_in_within_its_area_and_nowhere_else(client, samples, role):
    wrong = []
    client.raise_request_exception = False
    for relation, where in (("own", TOWN), ("other", None), ("outsider", OTHER_COUNTY)):
        someone = account(f"{role}-{relation}", role, TOWN)
        client.force_login(someone)
        for one in ADDRESSES:
            area = where or ELSEWHERE.get(one.lies_in, EAST)
            want = expected(one, role, area)
            if want == 403 and relation != "own":  # wherever somebody works: the test below
                continue
            Account.objects.filter(pk=someone.pk).update(area=area)
            answer = client.get(address_of(one, samples))
            got = answer.status_code if answer.status_code in REFUSED or answer.status_code >= 500 else 0
            if got != want and not (want == 403 and got == 404):
                wrong.append((one.name, relation, f"{answer.status_code} instead of {want or 'let in'}"))
            secret = PEOPLE if one.lies_in == "public" else OURS
            if relation == "outsider" and (told := [word for word in secret if word in shown(answer)]):
                wrong.append((one.name, relation, f"tells of {told}"))
            if one.name == "console.sign_out":
                client.force_login(someone)
    assert not wrong, "\n" + "\n".join(map(str, wrong))


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_not_open_it_may_open_nowhere(role):
    """The gate refuses before it asks where: of an address without its parts it could not say where it lies, nor show the page."""
    asked = HttpRequest()
    asked.user = Account(username="someone", role=role, area=TOWN)
    closed = [screen for screen in screens() if screen.permission and screen.permission not in permissions(role)]

    for screen in closed:
        with pytest.raises(PermissionDenied):
            guarded(replace(screen, view=never, area_of=never))(asked)

    assert closed


def never(*_: Any, **__: Any) -> Any:
    """What the gate must not ask."""
    raise AssertionError("It was asked.")


def shown(answer: Any) -> str:
    """What an answer shows, without the address itself, which the reader typed."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = TOKEN.sub("", content.decode("utf-8", "replace"))
    for typed in (answer.request["PATH_INFO"], answer.request["QUERY_STRING"], escape(answer.request["QUERY_STRING"])):
        text = text.replace(typed, "") if typed else text
    return text


@pytest.mark.either
@pytest.mark.parametrize(("role", "area"), [("town_clerk", OTHER_COUNTY), ("gate_staff", TOWN), ("epidemiologist", TOWN)])
def test_who_may_not_act_does_not_act_by_posting(client, samples, role, area):
    client.raise_request_exception = False
    wrong, before, someone = [], written(), account("someone", role, area)
    for one in ADDRESSES:
        client.force_login(someone)
        answer = client.post(address_of(one, samples), {"reason": "x", "outcome": "met", "do": "renew", "state": "closed"})
        want = expected(one, role, area)
        if answer.status_code >= 500 or (want and answer.status_code not in {*REFUSED, 405}):
            wrong.append((one.name, f"{answer.status_code} instead of {want or 'an answer'}"))
    assert not wrong, "\n" + "\n".join(map(str, wrong))
    assert written() == before


def written() -> tuple[int, ...]:
    """How much stands in the tables that an act would change."""
    standing = (Device.objects.filter(revoked_at=None).count(), Card.objects.filter(withdrawn_at=None).count())
    return (*standing, *(table.objects.count() for table in (Event, Sealed, Campaign, Person, Household, Invitation)))


@pytest.mark.either
def test_nobody_gets_in_without_signing_in(client, samples):
    wrong = []
    for one in ADDRESSES:
        answer = client.get(address_of(one, samples))
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/")
        if to_sign_in != (one.lies_in != "public"):
            wrong.append((one.name, answer.status_code))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


@pytest.mark.either
def test_a_closed_account_is_out(client, samples, cast):
    client.force_login(cast.ben)
    Account.objects.filter(pk=cast.ben.pk).update(is_active=False)

    assert {client.get(address_of(one, samples)).status_code for one in ADDRESSES if one.lies_in != "public"} == {302}


def test_what_lies_outside_looks_like_what_does_not_exist(client, samples, cast):
    client.force_login(cast.dov)

    outside = client.get(reverse("register.household", kwargs={"code": "H1"}))
    nowhere = client.get(reverse("register.household", kwargs={"code": "H-nowhere"}))

    assert (outside.status_code, nowhere.status_code) == (404, 404)
    assert shown(outside) == shown(nowhere)
