"""What stands in the log when something breaks: where, and nothing of whom."""

import io
import logging
import logging.config

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from closeknit.kit.logs import LOGGING


def broken(request: HttpRequest, code: str) -> HttpResponse:
    """A view that breaks over a person's name."""
    raise ValueError("张三丰 19912345678 has no household")


urlpatterns = [path("household/<str:code>/", broken)]
handler500 = "closeknit.console.pages.errors.broken"


@pytest.fixture
def log():
    stream = io.StringIO()
    handler = {"class": "logging.StreamHandler", "formatter": "line", "stream": stream}
    logging.config.dictConfig({**LOGGING, "handlers": {"stderr": handler}})
    yield stream
    logging.config.dictConfig(LOGGING)


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.test_logs")
def test_a_broken_page_is_logged_by_place_and_without_the_person(log):
    client = Client(raise_request_exception=False)

    answer = client.get("/household/433122108001-0001/?name=张三丰")

    said = log.getvalue()
    assert answer.status_code == 500
    assert '"error": "ValueError"' in said and "broken" in said
    assert [word for word in ("张三丰", "19912345678", "433122108001-0001") if word in said] == []
    assert "19912345678" not in answer.content.decode()
