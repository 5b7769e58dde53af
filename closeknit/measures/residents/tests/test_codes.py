"""The code on a card: it opens nothing else, stands nowhere, and guessing is slow."""

import io
import logging.config
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client

from closeknit.access.models import Account
from closeknit.kit.logs import LOGGING
from closeknit.measures.cards.actions import reissue, revoke
from closeknit.measures.residents.tests.conftest import opened
from closeknit.measures.residents.visitors import COOKIE
from closeknit.paper.cards import codes
from closeknit.paper.models import ResidentCard
from tests.town import EAST

pytestmark = pytest.mark.django_db


def test_a_code_is_exchanged_at_once_and_stands_in_no_address_cookie_or_page(card):
    client, code = Client(), codes.code_of(card)

    answer = client.get(f"/r/{code}/")
    page = client.get("/r/")

    assert (answer.status_code, answer.headers["Location"], answer.headers["Referrer-Policy"]) == (302, "/r/", "no-referrer")
    assert code not in str(client.cookies) and code not in page.content.decode()
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/r/")


def test_a_code_is_kept_as_a_digest_alone(card):
    code = codes.code_of(card)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM paper_residentcard")
        stored = repr([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor.fetchall()])

    assert code not in stored and codes.in_groups(code) not in stored
    assert len(code) == 12 and codes.code_of(ResidentCard.objects.get(pk=card.pk)) == code


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{groups}"])
def test_a_code_is_read_as_people_type_it(card, typed: str):
    code = codes.code_of(card)
    client = Client()

    answer = client.post("/r/", {"code": typed.format(code, lower=code.lower(), groups=codes.in_groups(code))})

    assert answer.status_code == 302 and COOKIE in client.cookies


def test_a_wrong_a_mistyped_and_a_revoked_code_get_the_same_answer(card):
    right = codes.code_of(card)
    unknown = codes.code_of(ResidentCard(kind="card"))
    mistyped = right[:3] + ("2" if right[3] != "2" else "3") + right[4:]
    revoke(card, by="ana", reason="lost")

    def told(code: str) -> tuple[int, str]:
        answer = Client().post("/r/", {"code": code})
        return answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())

    assert told(right) == told(unknown) == told(mistyped)
    assert told(right)[0] == 422


def test_guessing_is_slowed_down_and_says_when_to_go_on(card):
    client = Client()

    answers = [client.get(f"/r/{'2' * 11}{number % 8 + 2}/") for number in range(31)]

    assert {answer.headers["Location"] for answer in answers[:30]} == {"/r/?wrong=1"}
    assert answers[30].status_code == 429 and 0 < int(answers[30].headers["Retry-After"]) <= 600
    assert client.get(f"/r/{codes.code_of(card)}/").headers["Location"] == "/r/"  # the neighbours of who guesses are not shut out


def test_the_old_code_of_a_reissued_card_opens_nothing_and_who_was_inside_is_out(card):
    client = opened(card)
    new = reissue(card, by="ana", reason="lost")

    assert new is not None and codes.code_of(new) != codes.code_of(card)
    assert 'name="code"' in client.get("/r/").content.decode()
    assert client.get("/r/return/").headers["Location"] == "/r/"
    assert Client().get(f"/r/{codes.code_of(card)}/").headers["Location"] == "/r/?wrong=1"
    assert Client().get(f"/r/{codes.code_of(new)}/").headers["Location"] == "/r/"


@pytest.mark.parametrize("forged", ["", "x", "eyJjYXJkIjoiMDAifQ:1:x", "eyJob3VzZWhvbGQiOiJIMSJ9:1tZZZZ:AAAA"])
def test_a_forged_cookie_opens_nothing(card, forged: str):
    client = Client()
    client.cookies[COOKIE] = forged

    assert client.get("/r/mine/").headers["Location"] == "/r/"


def test_a_helpers_cookie_is_of_no_use_to_anybody_else(cast, client, card):
    client.force_login(cast.ana)
    client.post("/residents/for/H1/")
    assert "H1" in client.get("/r/").content.decode()

    stolen = Client()
    stolen.cookies[COOKIE] = client.cookies[COOKIE].value
    assert stolen.get("/r/mine/").headers["Location"] == "/r/"
    Account.objects.filter(pk=cast.ana.pk).update(area=EAST)
    assert client.get("/r/mine/").headers["Location"] == "/r/"


def test_the_code_is_in_no_log_and_on_no_error_page(card, monkeypatch):
    stream = io.StringIO()
    logging.config.dictConfig(
        {**LOGGING, "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": stream}}}
    )
    code = codes.code_of(card)
    monkeypatch.setattr("closeknit.measures.residents.pages.opened_by", lambda code: 1 / 0)

    answer = Client(raise_request_exception=False).get(f"/r/{code}/")
    logging.config.dictConfig(LOGGING)

    assert answer.status_code == 500 and "ZeroDivisionError" in stream.getvalue()
    assert code not in stream.getvalue() and code not in answer.content.decode()


def test_no_page_of_residents_is_kept_or_framed_or_runs_a_script(resident):
    for path in ("/r/", "/r/return/", "/r/help/", "/r/order/", "/r/mine/", "/r/paper/"):
        answer = resident.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "noindex" in answer.headers["X-Robots-Tag"] and "<script" not in answer.content.decode()


def test_every_page_is_light(resident):
    style = Path(str(finders.find("residents/residents.css"))).stat().st_size
    paths = ("/r/", "/r/return/", "/r/help/", "/r/order/", "/r/mine/", "/r/paper/")

    assert max(len(resident.get(path).content) for path in paths) + style <= 30_000
