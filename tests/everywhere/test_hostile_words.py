"""What somebody typed is shown as words on every screen, never as markup: names, notes and titles that would run a script."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import models
from playwright.sync_api import Page

from closeknit.access.models import Account
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.kit.sealing import seal, unseal
from closeknit.ledger.models import Event
from closeknit.registry.models import Household, Person
from tests.browser import signed_in
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.samples import Samples, address_of, lived_in
from tests.town import START, TOWN, WEST, Field, account, build, campaign

PAGES = (
    f"/doorknock/{WEST}/gaps/", f"/area/{WEST}/persons/", "/household/H1/", f"/board/{TOWN}/", "/venue/S1/", "/record/doorknock.visited/",
)  # fmt: skip
HOSTILE = "'\"></script><img src=x onerror=hit()>"
RAW = "<img src=x"
TYPED = ("name", "title", "label", "notes", "note", "unit", "team", "file", "heading", "text", "reason", "summary")
SAID = (*TYPED, "words", "remark", "landmark", "address", "content", "message")


def poison() -> None:
    """Puts hostile words wherever somebody may have typed a name, a note or a title."""
    for model in apps.get_models():
        if not model.__module__.startswith("closeknit."):
            continue
        alone = {name for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint) for name in rule.fields}
        words = [each for each in model._meta.local_fields if each.name in TYPED and each.name not in alone and not each.choices]
        words = [each for each in words if type(each) in (models.CharField, models.TextField) and not each.unique]
        if words:
            models.QuerySet.update(model._base_manager.all(), **{each.name: HOSTILE[: each.max_length] for each in words})
    for row in (*Person.objects.all(), *Household.objects.all()):
        about = f"{type(row).__name__.lower()}|{row.code}"
        type(row).objects.filter(pk=row.pk).update(personal=seal(poisoned(row.told()), about=about))
    for event in Event.objects.all():
        personal = seal(poisoned(unseal(event.personal, about=f"event|{event.id}")), about=f"event|{event.id}")
        Event.objects.filter(pk=event.pk).update(data=poisoned(event.data), personal=personal if event.personal else None)


def poisoned(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same with hostile words where somebody typed."""
    return {name: HOSTILE if name in SAID and isinstance(value, str) and value else value for name, value in said.items()}


SEARCHED = ("console.search", "register.persons", "doorknock.gaps")


@pytest.fixture
def samples(field_records: Field) -> Iterator[Samples]:
    made = lived_in(field_records)
    poison()
    with clock.at(START + timedelta(hours=10)):
        yield made


@pytest.mark.django_db
@pytest.mark.either
def test_no_screen_takes_words_for_markup(client, samples):
    wrong, told = [], 0
    client.raise_request_exception = False
    someone = account("reader", "town_clerk", TOWN, member="W3")
    Account.objects.filter(pk=someone.pk).update(name=HOSTILE)
    for one in ADDRESSES:
        client.force_login(someone)
        address = address_of(one, samples)
        answer = client.get(address + ("?q=" + quote(HOSTILE) if one.name in SEARCHED else ""))
        page = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")
        if answer.status_code >= 500:
            wrong.append((one.name, answer.status_code))
        if "html" in answer.headers.get("Content-Type", ""):
            told += "&lt;img src=x" in page
            wrong += [(one.name, page[max(0, page.index(RAW) - 60) : page.index(RAW) + 30])] if RAW in page else []

    assert not wrong, "\n" + "\n".join(map(str, wrong))
    assert told > 150


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_no_word_becomes_part_of_the_page(transactional_db: None, tmp_path: Path, desk: Page, live_server: Any):
    build(tmp_path)
    now = clock.now()
    plan({**campaign("today", "doorknock", "households"), "from": now - timedelta(hours=1), "to": now + timedelta(days=1)})
    poison()
    account("ben", "town_clerk", TOWN, member="W3")
    go = signed_in(desk, live_server.url, "ben")
    made, shown = [], 0
    for page in PAGES:
        go(page)
        if page.startswith("/record/"):
            desk.locator("#f-ref_household").press_sequentially("H1", delay=20)
            desk.locator("[name=chosen_household][value=H1]").wait_for(state="attached")
        made.append(desk.locator('img[src="x"], body [onerror]').count())
        shown += "<img src=x" in desk.locator("body").inner_text()

    assert (made, shown >= len(PAGES) - 1) == ([0] * len(PAGES), True)
