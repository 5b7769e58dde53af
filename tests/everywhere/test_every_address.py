"""Every address × role × relation (own area, other area, outsider, anonymous), held against one table."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape

from closeknit.access.models import Account
from closeknit.access.roles import ROLES, permissions
from closeknit.campaigns.models import Campaign
from closeknit.console.manifest import screens
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Household, Person, Place, RosterRow
from closeknit.reports.closing import seal
from closeknit.reports.duty import owe
from closeknit.reports.models import Sealed
from closeknit.sync.models import Card, Device, Invitation
from tests.everywhere.addresses import ADDRESSES, Address
from tests.everywhere.outward import a_form, a_notice
from tests.everywhere.papers import a_home_card, a_sheet
from tests.everywhere.populations import a_draw
from tests.phones import CARD, CODE, PHONE, a_phone
from tests.town import EAST, GRID, OTHER_COUNTY, START, TOWN, WEST, Field, account

pytestmark = pytest.mark.django_db
ELSEWHERE = {"west": EAST, "east": WEST}
# What stands on nobody's page who works in another county.
OURS = ("卢兰利", "单田芳", "西坪村", "河口镇", WEST, "H1<", "P1<")
REFUSED = {403, 404}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def test_every_address_is_in_the_table_and_asks_for_what_it_says():
    declared = {screen.name for screen in screens()}

    assert declared ^ {address.name for address in ADDRESSES} == set()
    by_name = {screen.name: screen for screen in screens()}
    differing = [each.name for each in ADDRESSES if by_name[each.name].permission and by_name[each.name].permission != each.permission]
    assert differing == []


@pytest.fixture
def samples(field_records: Field) -> Iterator[dict[str, Any]]:
    """A thing for each part of an address, all in the western village but the doubtful row, which lies in the east."""
    with clock.at(START - timedelta(hours=1)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=START.date(), last_day=None)
    visit = field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    found = field_records.record("registry.found", data={"what": "household"})
    field_records.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未测温"})
    wanted = field_records.record("care.help_requested", person="P1", data={"matter": "medicine", "urgency": "normal"})
    until = (START + timedelta(days=7)).date().isoformat()
    order = {"measure": "home", "rule": "secondary", "evidence": [str(visit.id)], "until": until, "told": "paper"}
    field_records.record("isolation.ordered", person="P1", data=order)
    Place.objects.create(code="TS1", category="test_site", name="采样点", area=WEST, learned_at=START)
    field_records.record("testing.sampled", person="P1", data={"tube": "T-1", "pool": 10})
    parked = field_records.record("supplies.line_parked", data={"line": "我家也要两份水果", "why": "no_door", "day": "2022-03-18"})
    field_records.record("deployment.called", place="CP1", data={"call": "Z-001", "post": "order", "number": 1, "day": "2022-03-19"})
    field_records.record(
        "deployment.ordered", place="CP1",
        data={"order": "D-001", "number": 1, "post": "order", "from_at": "2022-03-18T09:00+08:00", "to_at": "2022-03-18T17:00+08:00"},
    )  # fmt: skip
    draw = a_draw(field_records)
    row = RosterRow.objects.current().get(person="P6")
    account("sample", "grid_worker", WEST)
    a_phone()
    with clock.at(START + timedelta(hours=10)):
        seal(WEST, START.date(), by="ben")
        yield {"visit": visit.id, "draw": draw.id, "help": wanted.id, "parked": parked.id, "found": found.id, "row": row.id, **a_sheet(), **a_home_card(), **a_form(), **a_notice()}


def address_of(one: Address, samples: dict[str, Any]) -> str:
    """The sample's address."""
    parts: dict[str, dict[str, Any]] = {
        "campaigning.campaign": {"code": "sweep"}, "campaigning.change": {"code": "sweep"}, "campaigning.end": {"code": "sweep"},
        "register.household": {"code": "H1"}, "register.amend_household": {"code": "H1"}, "register.person": {"code": "P1"},
        "register.amend_person": {"code": "P1"}, "register.reveal": {"code": "P1"}, "register.trail": {"code": "P1"},
        "register.found_one": {"code": f"found:{samples['found']}"}, "register.undo": {"event": samples["found"]},
        "register.take_back": {"event": samples["found"]}, "checkpoints.post": {"code": "CP1"}, "venues.place": {"code": "S1"},
        "supervision.problem": {"code": "P-1"}, "routine.draw": {"event": samples.get("draw", uuid4())},
        **{name: {"code": "KP-1"} for name in ("routine.group", "routine.change", "routine.add", "routine.draw_new")},
        "lists.item": {"item": "none"}, "lists.decide": {"item": "none"},
        "tubes.tube": {"code": "T-1"}, "sampling.site": {"code": "TS1"}, "sampling.desk": {"code": "TS1"}, "accounts.account": {"username": "sample"}, "console.unsave": {"number": 1},
        "records.record": {"kind": "doorknock.visited"}, "records.list": {"kind": "doorknock.visited"},
        "records.find": {"reference": "household"}, "daily.why": {"area": WEST, "day": "2022-03-18", "name": "doorknock.due"},
        "daily.evidence": {"name": "doorknock.due"}, "imports.row": {"row": samples["row"]}, "imports.check": {"row": samples["row"]},
        "orders.line": {"event": samples.get("parked", uuid4())},
        "deliveries.undo": {"area": WEST, "base": uuid4()}, "stock.place": {"code": "S1"},
        "imports.workbook": {"brought": uuid4()}, "workforce.member": {"code": "W1"}, "staffing.place": {"code": "CP1"}, "deployment.confirm": {"code": "D-001"}, "volunteers.call": {"code": "Z-001"},
        "volunteers.take": {"event": uuid4()}, "shifts.plan": {"code": "CP1"},
        "handover.pass": {"what": "grid", "code": GRID}, "handover.cannot": {"what": "grid", "code": GRID},
        "devices.device": {"code": PHONE}, "devices.revoke": {"code": PHONE}, "devices.letters_of": {"code": PHONE},
        "residents.enter": {"code": "23456789ABCD"}, "residents.for_household": {"code": "H1"},
        "cards.card": {"number": samples["home_card"]}, "cards.poster": {"number": samples["poster"]},
        "enrolling.worker": {"code": "W1"}, "enrolling.invited": {"number": CODE}, "enrolling.card": {"number": CARD},
        "enrolling.withdraw": {"number": CARD}, "sheets.paper": {"code": samples["sheet"]}, "sheetentry.sheet": {"code": samples["sheet"]},
        "care.request": {"code": samples["help"]}, "care.take": {"code": samples["help"]},
        "isolation.person": {"code": "P1"}, "isolation.notice": {"code": "P1"}, "isolation.order": {"code": "P1"},
        "isolation.press": {"code": "P1"}, "isolation.say": {"code": "P1", "what": "needs_told"},
        "sheetentry.scan": {"code": samples["sheet"], "scan": samples["scan"]},
    }  # fmt: skip
    screen = next(each for each in screens() if each.name == one.name)
    usual = {"area": WEST, "day": "2022-03-18", "event": samples["visit"], "draft": uuid4(), "entry": uuid4(), "upload": uuid4(), "form": samples.get("form", uuid4()),
             "channel": samples.get("channel", uuid4()), "message": samples.get("message", uuid4()),
             "delivery": samples.get("delivery", uuid4())}  # fmt: skip
    given = parts.get(one.name) or {name: value for name, value in usual.items() if f":{name}>" in screen.path}
    query = f"?area={WEST}&from=2022-03-17T17:00:00%2B08:00&to=2022-03-18T17:00:00%2B08:00" if one.name == "daily.evidence" else ""
    return reverse(one.name, kwargs=given) + query


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


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_within_its_area_and_nowhere_else(client, samples, role):
    wrong = []
    client.raise_request_exception = False
    for relation, where in (("own", TOWN), ("other", None), ("outsider", OTHER_COUNTY)):
        someone = account(f"{role}-{relation}", role, TOWN)
        client.force_login(someone)
        for one in ADDRESSES:
            area = where or ELSEWHERE.get(one.lies_in, EAST)
            Account.objects.filter(pk=someone.pk).update(area=area)
            answer = client.get(address_of(one, samples))
            want = expected(one, role, area)
            got = answer.status_code if answer.status_code in REFUSED or answer.status_code >= 500 else 0
            if got != want and not (want == 403 and got == 404):
                wrong.append((one.name, relation, f"{answer.status_code} instead of {want or 'let in'}"))
            if relation == "outsider" and (told := [word for word in OURS if word in shown(answer)]):
                wrong.append((one.name, relation, f"tells of {told}"))
            if one.name == "console.sign_out":
                client.force_login(someone)
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def shown(answer: Any) -> str:
    """What an answer shows, without the address itself, which the reader typed."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = TOKEN.sub("", content.decode("utf-8", "replace"))
    for typed in (answer.request["PATH_INFO"], answer.request["QUERY_STRING"], escape(answer.request["QUERY_STRING"])):
        text = text.replace(typed, "") if typed else text
    return text


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


def test_nobody_gets_in_without_signing_in(client, samples):
    wrong = []
    for one in ADDRESSES:
        answer = client.get(address_of(one, samples))
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/")
        if to_sign_in != (one.lies_in != "public"):
            wrong.append((one.name, answer.status_code))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


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
