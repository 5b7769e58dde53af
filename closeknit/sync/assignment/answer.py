"""The answer to a pull."""

from typing import Any

from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment.contact import known_device

NOT_YET = Text("This server cannot give assignments yet. Update it.", "本服务器尚不支持下发任务，请更新服务器。")


def pull(body: bytes, *, device: str, token: str) -> dict[str, Any]:
    """The parts that the phone has not. Raises `BadPush`."""
    known_device(device, token)
    raise BadPush("server", NOT_YET, 501)
