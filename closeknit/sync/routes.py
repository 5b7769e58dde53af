"""What stands behind each path of the devices' door."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.assignment.answer import pull
from closeknit.sync.receiving import receive

LATER = Text("Too many wrong tries. Try again in some minutes.", "错误次数过多，请几分钟后再试。")


class TooOften(BadPush):
    """Somebody who guesses; `retry_after` says in how many seconds they may go on."""

    def __init__(self, name: str, retry_after: int) -> None:
        super().__init__(name, LATER, 429)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Caller:
    """What the headers say: the device and its token, the language, the network address it calls from, and the server as it knows it."""

    device: str
    token: str = field(repr=False)
    language: str
    address: str
    server: str


Route = Callable[[bytes, Caller], dict[str, Any]]

ROUTES: dict[str, Route] = {
    "push": lambda body, caller: receive(body, device=caller.device, token=caller.token),
    "pull": lambda body, caller: pull(body, device=caller.device, token=caller.token),
}
