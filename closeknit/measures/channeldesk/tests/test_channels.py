"""Channels are opened, changed and refused; what is secret of them is never shown."""

from typing import Any

import pytest

from closeknit.channels.models import Channel
from closeknit.channels.tests.servers import serving
from closeknit.measures.channeldesk.tests.opening import opened
from closeknit.measures.notices.kinds import Way
from tests.town import TOWN, Cast, Field

OK = (200, {"errcode": 0})


@pytest.fixture
def ben(cast: Cast, sign_in: Any, field_records: Field) -> Any:
    return sign_in(cast.ben)


def test_secrets_are_kept_and_never_shown_again(ben: Any, settings: Any):
    settings.OUTGOING_TO_LOOPBACK = True
    with serving(OK) as robot:
        channel = opened(ben, robot, kind="dingtalk", secret="SEC-TOP")
    page = ben.get(f"/notices/channels/{channel.id}/").content.decode()
    ben.post(f"/notices/channels/{channel.id}/", {"name": "新名", "area": TOWN, "purposes": ["other"]})
    channel.refresh_from_db()

    assert "SEC-TOP" not in page and "SECRET" not in page
    assert channel.told() == {"url": robot.url, "secret": "SEC-TOP"}
    assert (channel.name, channel.purposes) == ("新名", ["other"])


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("wecom", {"url": "https://evil.example/x"}, "不允许该地址"), ("wecom", {}, "请填写"),
        ("wecom", {"url": "http://qyapi.weixin.qq.com/x"}, "不允许该地址"),
        ("email", {"addresses": "not-an-address"}, "不是邮箱地址"), ("email", {}, "请填写"),
        ("sms", {"url": "https://10.0.0.8/x", "template": "1", "text": "${n}", "phones": "19900000001"}, "不允许该地址"),
        ("sms", {"template": "1", "text": "${n}", "phones": "123"}, "不是手机号码"),
    ],
)  # fmt: skip
def test_a_channel_that_cannot_be_is_refused_with_the_remedy(ben: Any, settings: Any, kind: str, said: dict[str, str], told: str):
    settings.OUTGOING_TO_LOOPBACK = False
    answer = ben.post(f"/notices/channels/new/?kind={kind}", {"name": "群", "area": TOWN, "purposes": ["other"], **said})

    assert (answer.status_code, told in answer.content.decode(), Channel.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("kind", [each.value for each in Way])
def test_every_kind_of_channel_has_its_form(ben: Any, kind: str):
    assert ben.get(f"/notices/channels/new/?kind={kind}").status_code == 200
