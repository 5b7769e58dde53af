"""What goes out, once, within the limits; and what each answer means."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.core import mail

from closeknit.channels import outgoing, queue
from closeknit.channels.limits import parts, too_long, wait_after, wait_for_room
from closeknit.channels.models import Channel, Delivery, Message
from closeknit.channels.outcomes import WORDS, Failed, words
from closeknit.channels.queue import Said, drain, put
from closeknit.channels.sending import variables, written_out
from closeknit.channels.tests.servers import serving
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind, seal

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 3, 18, 9, 5, tzinfo=UTC)
OK = {"wecom": {"errcode": 0, "errmsg": "ok"}, "dingtalk": {"errcode": 0, "errmsg": "ok"}, "feishu": {"code": 0, "msg": "success"}}


@pytest.fixture(autouse=True)
def at_home(settings: Any) -> Iterator[None]:
    """Within these tests one may speak to this machine; the clock stands."""
    settings.OUTGOING_TO_LOOPBACK = True
    with clock.at(NOW):
        yield


def channel(kind: str, **told: Any) -> Channel:
    made = Channel(id=uuid7(), area="990101101", name="工作群", kind=kind, at=NOW, by="ben")
    made.sealed, made.robot = seal(told, about=f"channel|{made.id}"), blind(str(told.get("url", made.id)), purpose="robot")
    made.save(force_insert=True)
    return made


def said(text: str = "西坪村未确认", **rest: Any) -> Said:
    return Said("990101101", "reminder", NOW.date(), text, rest.pop("values", {}), **rest)


def drained() -> list[Delivery]:
    return list(drain(lambda delivery: None))


def one() -> Delivery:
    return Delivery.objects.get()


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_robot_gets_the_text_once_however_often_it_is_put(kind: str):
    with serving((200, OK[kind])) as robot:
        target = channel(kind, url=robot.url, secret="S")
        put([target], said(), by="ben")
        drained()
        put([target], said(), by="ana")
        drained()

    assert (len(robot.got), one().state, Message.objects.count()) == (1, "sent", 1)
    body = robot.got[0][2]
    assert body.get("text", body.get("content")) in ({"content": "西坪村未确认"}, {"text": "西坪村未确认"})


def test_dingtalk_is_signed_in_milliseconds_and_feishu_in_seconds_over_nothing():
    with serving((200, {"errcode": 0, "code": 0})) as robot:
        put([channel("dingtalk", url=robot.url, secret="SEC1")], said(), by="ben")
        put([channel("feishu", url=robot.url + "2", secret="SEC2")], said(), by="ben")
        drained()

    asked = parse_qs(urlsplit(robot.got[0][0]).query)
    stamp = str(int(NOW.timestamp()) * 1000)
    expected = base64.b64encode(hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()).decode()
    assert (asked["timestamp"], asked["sign"]) == ([stamp], [expected])
    stamp = str(int(NOW.timestamp()))
    expected = base64.b64encode(hmac.new(f"{stamp}\nSEC2".encode(), b"", hashlib.sha256).digest()).decode()
    assert (robot.got[1][2]["timestamp"], robot.got[1][2]["sign"]) == (stamp, expected)


@pytest.mark.parametrize(
    ("kind", "answer", "state", "outcome"),
    [
        ("wecom", (200, {"errcode": 45009}), "waiting", "rate_limited"), ("wecom", (200, {"errcode": 93000}), "failed", "bad_key"),
        ("wecom", (200, {"errcode": 12345}), "failed", "refused"), ("wecom", (200, "no object"), "failed", "refused"),
        ("wecom", (503, {}), "waiting", "busy"), ("wecom", (404, {}), "failed", "refused"), ("wecom", (429, {}), "waiting", "rate_limited"),
        ("wecom", (302, "http://127.0.0.1:1/x"), "failed", "refused"), ("wecom", None, "uncertain", "uncertain"),
        ("dingtalk", (200, {"errcode": 310000, "errmsg": "sign not match"}), "failed", "signature"),
        ("dingtalk", (200, {"errcode": 310000, "errmsg": "keywords not in content"}), "failed", "keyword"),
        ("dingtalk", (200, {"errcode": 130101}), "waiting", "rate_limited"),
        ("feishu", (200, {"code": 19021}), "failed", "signature"), ("feishu", (200, {"code": 11232}), "waiting", "rate_limited"),
    ],
)  # fmt: skip
def test_every_answer_has_its_meaning_in_words(kind: str, answer: Any, state: str, outcome: str):
    with serving(answer) as robot:
        put([channel(kind, url=robot.url)], said(), by="ben")
        drained()
        drained()

    held = one()
    assert (held.state, held.outcome, len(robot.got)) == (state, outcome, 1)
    assert words(held.outcome, held.detail).of("zh-hans") and words(held.outcome, held.detail).of("en")


def test_who_does_not_answer_in_time_may_have_it_and_is_not_tried_again_by_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(outgoing, "ALTOGETHER", -1.0)
    with serving((200, OK["wecom"])) as robot:
        put([channel("wecom", url=robot.url)], said(), by="ben")
        drained()
        with clock.at(NOW + timedelta(hours=5)):
            drained()
        assert (one().state, len(robot.got)) == ("uncertain", 1)
        monkeypatch.setattr(outgoing, "ALTOGETHER", 20.0)
        assert queue.again(one())
        drained()

    assert (one().state, len(robot.got)) == ("sent", 2)
    assert not queue.again(one())


def test_nobody_there_is_tried_again_later_and_given_up_in_the_end():
    with serving((200, {})) as robot:
        pass
    put([channel("wecom", url=robot.url)], said(), by="ben")
    moments = [NOW + timedelta(hours=6 * number) for number in range(8)]
    states = []
    for moment in moments:
        with clock.at(moment):
            drained()
        states.append(one().state)

    assert states == ["waiting"] * 5 + ["failed"] * 3
    assert (one().outcome, one().attempts) == ("unreachable", 6)


def test_a_robot_never_gets_more_than_twenty_a_minute_even_under_two_names():
    with serving((200, OK["wecom"])) as robot:
        both = [channel("wecom", url=robot.url), channel("wecom", url=robot.url)]
        for number in range(15):
            put(both, said(str(number)), by="ben")
        drained()
        first = len(robot.got)
        with clock.at(NOW + timedelta(seconds=61)):
            drained()

    assert (first, len(robot.got)) == (20, 30)


def test_dingtalk_is_left_alone_for_ten_minutes_once_it_was_too_much():
    with serving((200, {"errcode": 130101}), (200, OK["dingtalk"])) as robot:
        target = channel("dingtalk", url=robot.url)
        for number in range(3):
            put([target], said(str(number)), by="ben")
        drained()
        with clock.at(NOW + timedelta(minutes=9)):
            drained()
        early = len(robot.got)
        with clock.at(NOW + timedelta(minutes=11)):
            drained()

    assert early <= 3
    assert {each.state for each in Delivery.objects.all()} == {"sent"}


def test_a_server_that_was_stopped_in_between_leaves_it_to_a_person():
    put([channel("wecom", url="http://127.0.0.1:1/x")], said(), by="ben")
    Delivery.objects.update(state="sending", last_at=NOW - timedelta(minutes=11))

    drained()

    assert one().state == "uncertain"


def test_a_closed_channel_gets_nothing():
    with serving((200, OK["wecom"])) as robot:
        target = channel("wecom", url=robot.url)
        put([target], said(), by="ben")
        Channel.objects.update(closed_at=NOW)
        drained()

    assert robot.got == []


def test_a_mail_goes_to_all_without_showing_them_to_each_other(settings: Any):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    put([channel("email", addresses=["a@example.org", "b@example.org"])], said("第一行\n第二行"), by="ben")
    drained()

    (sent,) = mail.outbox
    assert (sent.subject, sent.to, sent.bcc) == ("第一行", [], ["a@example.org", "b@example.org"])
    assert one().state == "sent"


def test_an_sms_fills_the_approved_template():
    template = "【河口镇】${area}今日未确认${n}个单位"
    with serving((200, {"code": "OK"})) as gateway:
        target = channel("sms", url=gateway.url, secret="T", template="SMS_1", text=template, phones=["19900000001"])
        put([target], said(values={"area": "河口镇", "n": 2, "other": "x"}), by="ben")
        drained()

    _, headers, body = gateway.got[0]
    assert body == {"template": "SMS_1", "phones": ["19900000001"], "variables": {"area": "河口镇", "n": "2"}}
    assert headers["Authorization"] == "Bearer T"
    assert written_out(template, {"area": "河口镇", "n": 2}) == "【河口镇】河口镇今日未确认2个单位"


@pytest.mark.parametrize(("answer", "outcome"), [((200, {"code": "isv.BAD"}), "refused"), ((401, {}), "signature"), ((500, {}), "busy")])
def test_a_gateways_refusal_is_told(answer: Any, outcome: str):
    with serving(answer) as gateway:
        put([channel("sms", url=gateway.url, template="1", text="${n}", phones=[])], said(values={"n": 1}), by="ben")
        drained()

    assert one().outcome == outcome


def test_what_is_copied_by_hand_waits_for_a_person():
    put([channel("copy")], said(), by="ben")
    drained()

    assert (one().state, one().outcome) == ("by_hand", "by_hand")


@pytest.mark.parametrize(
    ("url", "kind", "allowed"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", "wecom", True),
        ("https://oapi.dingtalk.com/robot/send?access_token=x", "dingtalk", True),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/x", "feishu", True),
        ("https://gov.example.org/robot", "wecom", True),
        ("https://oapi.dingtalk.com/robot/send", "wecom", False),
        ("http://qyapi.weixin.qq.com/x", "wecom", False),
        ("https://qyapi.weixin.qq.com:8443/x", "wecom", False),
        ("https://qyapi.weixin.qq.com@evil.example/x", "wecom", False),
        ("https://qyapi.weixin.qq.com.evil.example/x", "wecom", False),
        ("https://10.0.0.1/x", "wecom", False),
        ("http://127.0.0.1/x", "wecom", False),
        ("https://[::1/x", "wecom", False),
        ("file:///etc/passwd", "wecom", False),
    ],
)
def test_messages_go_to_known_hosts_only(settings: Any, url: str, kind: str, allowed: bool):
    settings.OUTGOING_TO_LOOPBACK, settings.OUTGOING_HOSTS = False, frozenset({"gov.example.org"})

    assert outgoing.is_allowed(url, kind) is allowed


@pytest.mark.parametrize(
    ("address", "named", "reached"),
    [("8.8.8.8", False, True), ("10.1.2.3", False, False), ("10.1.2.3", True, True), ("169.254.169.254", True, False),
     ("127.0.0.1", True, False), ("0.0.0.0", True, False), ("::1", True, False), ("fd00::1", False, False)],
)  # fmt: skip
def test_a_name_may_not_lead_into_the_house(settings: Any, address: str, named: bool, reached: bool):
    settings.OUTGOING_TO_LOOPBACK = False

    assert outgoing.may_be_reached(address, named=named) is reached


def test_a_known_name_that_leads_into_the_house_is_blocked(settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.OUTGOING_TO_LOOPBACK = False
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda *args, **rest: [(0, 0, 0, "", ("127.0.0.1", 443))])

    with pytest.raises(Failed) as failed:
        outgoing.post("https://qyapi.weixin.qq.com/x", {}, "wecom")
    assert failed.value.outcome.code == "blocked"


def test_a_server_without_a_certificate_that_holds_gets_nothing(settings: Any, monkeypatch: pytest.MonkeyPatch):
    with serving((200, OK["wecom"])) as robot:
        monkeypatch.setattr(outgoing, "is_allowed", lambda url, kind: True)
        with pytest.raises(Failed) as failed:
            outgoing.post(f"https://127.0.0.1:{robot.port}/x", {}, "wecom")

    assert (failed.value.outcome.code, robot.got) == ("tls", [])


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving((200, OK["wecom"])) as robot:
        assert outgoing.post(robot.url, {}, "wecom").status == 200


def test_the_secret_stands_in_no_row_and_no_log(capfd: Any):
    with serving((500, {})) as robot:
        put([channel("wecom", url=robot.url)], said(), by="ben")
        drained()

    held = one()
    assert "SECRET" not in f"{held.detail}{held.outcome}{bytes(held.channel.sealed)!r}"
    assert "SECRET" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [("wecom", "村" * 682, True), ("wecom", "村" * 683, False), ("sms", "村" * 211, False), ("email", "村" * 20_000, True)],
)
def test_a_text_that_is_too_long_is_told_before(kind: str, text: str, fits: bool):
    assert (too_long(kind, text) is None) is fits


def test_waiting_is_patient_and_ends():
    assert [wait_after(attempts) for attempts in (1, 5, 6)] == [timedelta(minutes=1), timedelta(minutes=240), None]
    assert [parts("村" * n) for n in (1, 70, 71, 134, 135)] == [1, 1, 2, 2, 3]


def test_feishu_is_spared_at_whole_and_half_hours():
    assert wait_for_room("feishu", [], NOW.replace(minute=30, second=10)) == timedelta(seconds=50)
    assert wait_for_room("feishu", [NOW] * 5, NOW) == timedelta(seconds=1)
    assert wait_for_room("wecom", [], NOW.replace(minute=0)) is None


def test_a_template_takes_only_what_it_names():
    assert variables("${a}与${b}", {"a": 1, "c": 3}) == {"a": "1", "b": ""}


def test_every_outcome_has_words_and_ids_are_ours():
    assert set(WORDS) >= {"sent", "printed", "rate_limited", "unreachable", "busy", "tls", "uncertain", "bad_key", "signature", "keyword"}
    assert isinstance(channel("copy").id, UUID)
