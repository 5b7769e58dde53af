"""What stands behind each path of the devices' door, beside the pushes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from closeknit.sync.assignment.answer import pull
from closeknit.sync.enrolment.address import server_address
from closeknit.sync.enrolment.inviting import take_up
from closeknit.sync.enrolment.rescue import rescue


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
    "enrol": lambda body, caller: take_up(body, address=caller.address, server=server_address(caller.server)),
    "pull": lambda body, caller: pull(body, device=caller.device, token=caller.token),
    "rescue": lambda body, caller: rescue(body, device=caller.device, token=caller.token),
}
