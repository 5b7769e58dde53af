"""No page leads where its reader may not go, or draws an icon that is not there: links are followed from the first page, as every role."""

import re
from collections import deque
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.html import escape

from closeknit.access.roles import ROLES
from closeknit.kit import clock
from closeknit.reports.duty import owe
from tests.town import EAST, START, TOWN, WEST, Field, account

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
MOST = 160
ICON = re.compile(r"icons\.svg#([a-z0-9-]+)")
SPRITE = Path(__file__).resolve().parents[2] / "closeknit/console/static/console/vendor/icons.svg"
OUT = re.compile(r"^/(static|sign-out)/")


@pytest.fixture
def lived_in(field_records: Field) -> Field:
    """The small county after a morning of work, two days into its sweep."""
    with clock.at(START - timedelta(hours=1)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=START.date(), last_day=None)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H2", data={"outcome": "refused"})
    field_records.record("registry.found", data={"what": "household", "landmark": "渡口"})
    field_records.record("checkpoints.person_checked", place="CP1", data={"decision": "referred", "reason": "发热"})
    field_records.record("returnees.declared", person="P1", data={"name": "卢兰利", "origin": "430100", "arrived_at": "2022-03-17"})
    field_records.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未测温", "due_at": "2022-03-18"})
    field_records.record("venues.patrolled", place="S1", data={"code_posted": False, "scanning": True})
    field_records.record("workforce.signed_in", place="CP1", data={"post": "checkpoint"})
    field_records.push(field_records.event("doorknock.visited", household="H1", data={"outcome": "perhaps"}))
    return field_records


ONCE = "town_clerk"  # who finds the most links; what others see of them does not hang on the engine


@pytest.mark.parametrize("role", [pytest.param(role, marks=[pytest.mark.either] if role != ONCE else []) for role in ROLES])
def test_every_link_that_a_role_sees_opens(client, lived_in, role):
    client.raise_request_exception = False
    client.force_login(account("walker", role, TOWN, member="W3"))
    seen, pending, dead, drawn = {"/"}, deque(["/"]), [], set()

    with clock.at(START + timedelta(hours=8)):
        while pending and len(seen) < MOST:
            path = pending.popleft()
            answer = client.get(path)
            if answer.status_code >= 400:
                dead.append((path, answer.status_code))
                continue
            page = "" if answer.streaming else answer.content.decode("utf-8", "replace")
            drawn.update(ICON.findall(page))
            for link in LINK.findall(page):
                plain = link.replace("&amp;", "&")
                if shape(plain) not in seen and not OUT.match(plain):
                    seen.add(shape(plain))
                    pending.append(plain)

    assert len(seen) > 10
    assert drawn <= set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    assert not dead, "\n".join(f"{status} {escape(path)}" for path, status in dead)


def shape(path: str) -> str:
    """Addresses that differ only in order, page or columns of a list are one."""
    return re.sub(r"[?&](sort|page|cols)=[^&]*", "", path)
