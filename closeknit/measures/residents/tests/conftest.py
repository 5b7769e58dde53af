"""A card of the first household, a browser that opened it, and a poster of its village."""

from typing import Any

import pytest
from django.test import Client

from closeknit.measures.cards.actions import issue
from closeknit.paper.cards import codes, issuing
from closeknit.paper.models import ResidentCard
from tests.town import WEST, Field


@pytest.fixture
def card(field_records: Field) -> ResidentCard:
    """The card of household H1: an adult P1 and a child P2."""
    return issue([("H1", WEST)], by="ana")[0]


@pytest.fixture
def poster(field_records: Field) -> ResidentCard:
    """The poster of the western village."""
    return issuing.put_up(WEST, place="", by="ana")


def opened(card: ResidentCard, *, strict: bool = False) -> Client:
    """A browser in English that scanned the card; strict: forms without their token are refused."""
    client = Client(enforce_csrf_checks=strict)
    client.cookies["django_language"] = "en"
    assert client.get(f"/r/{codes.code_of(card)}/").headers["Location"] == "/r/"
    return client


def sent(client: Client, path: str, **answers: str) -> Any:
    """Opens a form and sends it with its own token and number."""
    page = client.get(path)
    hidden = {name: hidden_in(page, name) for name in ("csrfmiddlewaretoken", "form")}
    return client.post(path, {**{name: value for name, value in hidden.items() if value}, **answers})


def hidden_in(page: Any, name: str) -> str:
    """The value of a hidden field; the last of that name, empty where there is none."""
    parts = page.content.decode().split(f'name="{name}" value="')
    return parts[-1].partition('"')[0] if len(parts) > 1 else ""


@pytest.fixture
def resident(card: ResidentCard) -> Client:
    """Somebody of H1 with their card."""
    return opened(card)
