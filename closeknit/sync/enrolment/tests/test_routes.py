"""The devices' door beyond pushes: which paths it takes, and how it answers."""

import stat

import pytest

from closeknit import environment
from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment import keys
from closeknit.sync.enrolment.address import is_secure, reaches_phones, server_address
from closeknit.sync.enrolment.tests.phone import Phone, call
from closeknit.sync.routes import ROUTES, Caller


@pytest.fixture
def route(monkeypatch: pytest.MonkeyPatch, db: None):
    """A path of the door whose answer a test lays down."""

    def answering(answer: dict[str, str] | Exception) -> None:
        def told(body: bytes, caller: Caller) -> dict[str, str]:
            if isinstance(answer, Exception):
                raise answer
            return {**answer, "caller": repr(caller)}

        monkeypatch.setitem(ROUTES, "tried", told)

    return answering


def test_a_long_answer_is_packed_for_who_takes_it_and_no_short_one_is(route):
    route({"long": "张" * 2_000})
    long = [call("tried", b"", accept_encoding=wish) for wish in ("gzip, deflate, br", "")]
    route({"short": "张"})
    short = call("tried", b"", accept_encoding="gzip")

    assert ["content-encoding" in each.headers for each in (*long, short)] == [True, False, False]
    assert long[0].said["long"] == long[1].said["long"] == "张" * 2_000
    assert {(each.headers["vary"], each.headers["cache-control"]) for each in (*long, short)} == {("Accept-Encoding", "no-store")}


def test_what_breaks_is_a_503_that_says_when_to_come_again(route):
    route(ValueError("张三"))

    answer = call("tried", b"")

    assert (answer.status, answer.said["error"], answer.headers["retry-after"]) == (503, "server", "30")


def test_a_refusal_is_said_in_the_phones_language(route):
    route(BadPush("card", Text("No.", "不行。"), 403))

    assert [call("tried", b"", accept_language=each).said["text"] for each in ("en-GB", "zh-CN", "")] == ["No.", "不行。", "不行。"]


def test_a_token_does_not_stand_in_a_callers_words(route):
    route({})

    assert "secret" not in call("tried", b"", authorization="Bearer secret").said["caller"]


@pytest.mark.parametrize(
    ("seen", "tls", "by_hand", "address"),
    [
        ("https://town.example", "off", "", "https://town.example"),
        ("http://192.168.1.9:8000", "off", "", "http://192.168.1.9:8000"),
        ("http://town.example", "on", "", "https://town.example"),
        ("http://localhost:8000", "off", " https://192.168.1.9:8443/ ", "https://192.168.1.9:8443"),
    ],
)
def test_the_address_for_phones(monkeypatch: pytest.MonkeyPatch, seen: str, tls: str, by_hand: str, address: str):
    monkeypatch.setenv("CLOSEKNIT_TLS", tls)
    monkeypatch.setenv("CLOSEKNIT_ADDRESS", by_hand)

    assert server_address(seen) == address


@pytest.mark.parametrize(
    ("address", "reached", "secure"),
    [
        ("https://town.example", True, True),
        ("http://192.168.1.9:8000", True, False),
        ("http://localhost:8000", False, False),
        ("http://127.0.0.1:8000", False, False),
        ("https://[::1]:8443", False, True),
    ],
)
def test_what_phones_reach(address: str, reached: bool, secure: bool):
    assert (reaches_phones(address), is_secure(address)) == (reached, secure)


def test_the_secrets_of_the_keys_are_the_servers_alone():
    assert keys.public("sealing") != keys.public("signing")
    for name in ("sealing", "signing"):
        assert stat.S_IMODE((environment.home() / "keys" / name).stat().st_mode) == 0o600


def test_who_is_not_enrolled_gets_the_same_answer_everywhere(db: None):
    answers = [Phone(device="D-22222").post(path, {}) for path in ("push", "pull", "rescue")]

    assert {(each.status, each.said["error"]) for each in answers} == {(401, "device")}
