"""What the devices' door answers: JSON, packed where that pays, and when to come again."""

import gzip
import logging
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils import translation

from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment.contact import Revoked

PACKED_FROM = 1_024  # bytes from which an answer is packed where the device takes it
BROKEN_AGAIN_S = 30
BROKEN = Text("The server could not do this. Nothing of it was kept; send it again later.", "服务器未能处理，内容未保存，请稍后重试。")
log = logging.getLogger("closeknit.sync")


@dataclass(frozen=True)
class Reply:
    """An answer, ready to be sent."""

    status: int
    body: bytes
    packed: bool = False
    retry_after: int = 0


def told(what: dict[str, Any], *, packs: bool) -> Reply:
    """What was asked for; `packs`: the device takes gzip."""
    body = msgspec.json.encode(what)
    packed = packs and len(body) > PACKED_FROM
    return Reply(200, gzip.compress(body, compresslevel=6, mtime=0) if packed else body, packed)


def refused(problem: BadPush, language: str) -> Reply:
    """What was not taken: the field, and the remedy in the device's language."""
    with translation.override(language):
        said: dict[str, Any] = {"error": problem.field, "text": str(problem.text)}
    if isinstance(problem, Revoked):
        said["revoked"] = True
    return Reply(problem.status, msgspec.json.encode(said), retry_after=problem.retry_after)


def broken(route: str, error: Exception, language: str) -> Reply:
    """Something went wrong that nobody foresaw: the device must get an answer, and the log no word of what was sent."""
    log.error("%s failed: %s", route, type(error).__name__)
    return refused(BadPush("server", BROKEN, 503, retry_after=BROKEN_AGAIN_S), language)
