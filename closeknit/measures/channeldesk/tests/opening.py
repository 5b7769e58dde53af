"""A channel, opened as people open one."""

from typing import Any

from closeknit.channels.models import Channel
from closeknit.channels.tests.servers import Fake
from closeknit.measures.notices.kinds import Purpose
from tests.town import TOWN


def opened(client: Any, robot: Fake | None = None, kind: str = "wecom", **said: Any) -> Channel:
    """A channel that the client opens by the form."""
    known = {"name": "镇村工作群", "area": TOWN, "purposes": [each.value for each in Purpose], "recipients": "40"}
    answer = client.post(f"/notices/channels/new/?kind={kind}", {**known, **({"url": robot.url} if robot else {}), **said})
    assert answer.status_code == 302, answer.content.decode()
    return Channel.objects.latest("at", "id")
