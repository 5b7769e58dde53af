"""Channels are kept, notices are written, looked through, sent once, recorded; some go out by themselves."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from closeknit.channels.models import Channel, Delivery, Message
from closeknit.channels.tests.servers import Fake, serving
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.channeldesk.tests.opening import opened
from closeknit.measures.library.tests.telling import decide, write
from closeknit.reports import closing
from closeknit.reports.duty import owe
from tests.town import COUNTY, EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
AFTERNOON = START + timedelta(hours=8, minutes=35)  # 16:35
OK = (200, {"errcode": 0})


@pytest.fixture
def afternoon(field_records: Field, settings: Any) -> Iterator[Field]:
    """16:35 of a day whose reports close at 17:00; one door was met."""
    settings.OUTGOING_TO_LOOPBACK = True
    with clock.at(START - timedelta(hours=1)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=START.date(), last_day=None)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    with clock.at(AFTERNOON):
        yield field_records


@pytest.fixture
def ben(cast: Cast, sign_in: SignIn, afternoon: Field) -> Any:
    return sign_in(cast.ben)


@pytest.fixture
def robot() -> Iterator[Fake]:
    with serving(OK) as fake:
        yield fake


def tick() -> str:
    out = io.StringIO()
    call_command("clock", "--once", stdout=out)
    return out.getvalue()


def sent(client: Any, channel: Channel, **said: Any) -> Any:
    return client.post("/notices/write/", {"purpose": "other", "text": "今晚八点开会", "do": "send", "channel": [str(channel.id)], **said})


def test_a_notice_is_composed_previewed_sent_once_and_recorded(ben: Any, robot: Fake):
    channel = opened(ben, robot)
    page = ben.get("/notices/write/?purpose=reminder").content.decode()
    text = "【河口镇】提醒：3月18日日报于17:00截止，尚有2个单位待确认：西坪村、东岭村。请核对数据后确认；无新增也请确认零报告。"
    assert text in page

    answer = sent(ben, channel, purpose="reminder", text=text)
    sent(ben, channel, purpose="reminder", text=text)
    tick()
    tick()

    assert [body["text"]["content"] for _, _, body in robot.got] == [text]
    assert ben.get(answer["Location"]).content.decode().count("已发送。") == 1
    (event,) = Event.objects.filter(kind="notices.sent")
    assert (event.member, event.area) == ("W3", TOWN)
    assert {name: event.data[name] for name in ("channel", "purpose", "group", "recipients")} == {
        "channel": "wecom", "purpose": "reminder", "group": "镇村工作群", "recipients": 40,
    }  # fmt: skip
    assert not Event.objects.filter(kind="outreach.messaged").exists()


def test_nothing_waits_in_a_request(ben: Any, robot: Fake):
    sent(ben, opened(ben, robot))

    assert (robot.got, Delivery.objects.get().state) == ([], "waiting")


@pytest.mark.parametrize(
    ("text", "piece"), [("请联系19900000001", "手机号码"), ("卢兰利今日返乡", "卢兰利"), ("990000196207020010", "证件号码")]
)
def test_a_notice_that_names_a_person_is_refused_and_says_which_piece(ben: Any, robot: Fake, text: str, piece: str):
    answer = sent(ben, opened(ben, robot), text=text)

    assert (answer.status_code, piece in answer.content.decode(), Message.objects.count()) == (422, True, 0)


def test_a_text_too_long_for_a_channel_is_refused_with_its_size(ben: Any, robot: Fake):
    answer = sent(ben, opened(ben, robot), text="会" * 700)

    assert (answer.status_code, "2100 字节" in answer.content.decode()) == (422, True)


def test_what_is_left_by_village_is_told_in_figures(ben: Any):
    page = ben.get("/notices/write/?purpose=gaps&figure=doorknock.gap").content.decode()

    assert "西坪村2、东岭村2，合计4。请抓紧落实。" in page


def test_the_bulletin_goes_without_the_notes_of_units(ben: Any):
    closing.confirm(WEST, START.date(), by="W1", note="卢兰利家无人")

    page = ben.get("/notices/write/?purpose=bulletin").content.decode()

    assert "河口镇" in page and "卢兰利" not in page


def test_a_channel_that_reaches_residents_counts_as_told_to_the_public(ben: Any, robot: Fake):
    sent(ben, opened(ben, robot, residents="on"))
    tick()

    (event,) = Event.objects.filter(kind="outreach.messaged")
    assert {name: event.data[name] for name in ("channel", "recipients")} == {"channel": "chat", "recipients": 40}


def test_what_is_copied_by_hand_is_noted_when_somebody_says_so(ben: Any):
    channel = opened(ben, kind="copy")
    page = sent(ben, channel)["Location"]
    delivery = Delivery.objects.get()
    assert "已复制到群" in ben.get(page).content.decode()

    ben.post(f"/notices/delivery/{delivery.id}/press/")
    ben.post(f"/notices/delivery/{delivery.id}/press/")

    assert Event.objects.filter(kind="notices.sent", data__channel="copy").count() == 1


def test_what_failed_is_sent_again_by_a_press_and_stands_on_the_board_until_then(ben: Any):
    with serving((200, {"errcode": 93000}), OK) as robot:
        sent(ben, opened(ben, robot))
        tick()
        board = ben.get(f"/board/{TOWN}/").content.decode()
        ben.post(f"/notices/delivery/{Delivery.objects.get().id}/press/")
        tick()

    assert "1 条通知未发出" in board and "机器人地址已失效" in board
    assert Delivery.objects.get().state == "sent"
    assert "条通知未发出" not in ben.get(f"/board/{TOWN}/").content.decode()


def test_the_history_is_filtered_searched_and_exported(ben: Any, robot: Fake):
    channel = opened(ben, robot)
    sent(ben, channel)
    sent(ben, channel, text="明早清点物资", purpose="thanks")

    lines = ben.get("/notices/?as=csv&purpose=thanks").content.decode("utf-8-sig").splitlines()
    found = ben.get("/notices/?as=csv&q=开会").content.decode("utf-8-sig").splitlines()

    assert ["明早清点物资" in line for line in lines[1:]] == [True]
    assert ["今晚八点开会" in line for line in found[1:]] == [True]


def test_a_reminder_goes_out_by_itself_once_before_the_cut_off(ben: Any, robot: Fake):
    opened(ben, robot, automatic=["reminder"])
    with clock.at(START + timedelta(hours=8, minutes=20)):
        tick()
    early = len(robot.got)
    tick()
    closing.confirm(WEST, START.date(), by="W1")
    tick()

    assert early == 0
    assert [("西坪村、东岭村" in body["text"]["content"]) for _, _, body in robot.got] == [True]
    assert Event.objects.get(kind="notices.sent").member == "clock"


def test_nobody_is_reminded_where_all_have_confirmed(ben: Any, robot: Fake):
    opened(ben, robot, automatic=["reminder"])
    for unit in (WEST, EAST):
        closing.confirm(unit, START.date(), by="W3")
    tick()

    assert robot.got == []


def test_the_bulletin_goes_out_by_itself_after_the_seal_where_it_is_switched_on(ben: Any, robot: Fake):
    opened(ben, robot, automatic=["bulletin"])
    opened(ben, kind="copy")
    tick()
    before = len(robot.got)
    with clock.at(START + timedelta(hours=9, minutes=1)):
        tick()
        tick()

    assert (before, len(robot.got)) == (0, 1)
    text = robot.got[0][2]["text"]["content"]
    assert "日通报" in text and len(text.encode()) <= 2048


def test_a_measure_that_fails_by_the_clock_stops_no_seal(ben: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("closeknit.channels.queue.drain", lambda sent: 1 / 0)
    with clock.at(START + timedelta(hours=9, minutes=1)):
        assert "2022-03-18" in tick()


def test_others_see_and_press_nothing(ben: Any, robot: Fake, cast: Cast, sign_in: SignIn):
    channel = opened(ben, robot)
    page = sent(ben, channel)["Location"]
    delivery = Delivery.objects.get()

    for who in (cast.dov, cast.ana):
        client = sign_in(who)
        assert client.get(page).status_code == 404
        assert client.post(f"/notices/delivery/{delivery.id}/press/").status_code == 404
        assert "今晚八点开会" not in client.get("/notices/").content.decode()
        assert sent(client, channel).status_code == 422


def test_a_county_supervisor_writes_and_keeps_no_channels(ben: Any, robot: Fake, sign_in: SignIn):
    channel = opened(ben, robot)
    client = sign_in(account("carl", "county_supervisor", COUNTY))

    assert sent(client, channel).status_code == 302
    assert client.get("/notices/channels/").status_code == 403


def test_a_closed_channel_loses_its_secrets(ben: Any, robot: Fake):
    channel = opened(ben, robot)
    sent(ben, channel)
    ben.post(f"/notices/channels/{channel.id}/close/")
    tick()

    channel.refresh_from_db()
    assert (channel.sealed, robot.got) == (None, [])


def test_empty_pages_say_what_to_do_first(ben: Any):
    assert "尚未发出通知" in ben.get("/notices/").content.decode()
    assert "尚无通知渠道" in ben.get("/notices/channels/").content.decode()
    assert "没有用于此用途的渠道" in ben.get("/notices/write/").content.decode()


def test_com_04_businesses_are_told_once_a_day_with_an_approved_text(ben: Any, robot: Fake, afternoon: Field):
    text = "按 ${area} 要求：${words}"
    phones = {"phones": "19900000081\n19900000082", "template": "SMS-7", "text": text, "recipients": "2"}
    opened(ben, robot, kind="sms", purposes=["business"], automatic=["business"], residents="on", **phones)
    tick()
    board = ben.get(f"/board/{TOWN}/?at=now").content.decode()
    decide(afternoon, write(afternoon, about="business", words="员工每日测温，进店登记"))
    tick()
    tick()
    with clock.at(AFTERNOON + timedelta(days=1) - timedelta(hours=8)):  # 08:35, before the pack's hour
        tick()
    first = [body for _, _, body in robot.got]
    with clock.at(AFTERNOON + timedelta(days=1)):
        tick()

    assert "1 个渠道的市场主体提醒缺少审定文稿" in board
    assert [(body["template"], body["variables"]) for body in first] == [("SMS-7", {"area": "河口镇", "words": "员工每日测温，进店登记"})]
    assert len(robot.got) == 2
    told = Event.objects.filter(kind="outreach.messaged").first().data
    assert told == {"channel": "sms", "recipients": 2, "text_id": "T-001", "version": 1}
