"""Three small adapters: what WeCom, DingTalk and Feishu take, and what their answers mean. A refusal comes as a number in a 200."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from closeknit.channels.outcomes import Outcome
from closeknit.channels.outgoing import Reply

FAULTS: Mapping[str, Mapping[str, str]] = {
    "wecom": {"45009": "rate_limited", "93000": "bad_key", "40058": "too_long", "45002": "too_long"},
    "dingtalk": {"130101": "rate_limited", "410100": "rate_limited", "300001": "bad_key", "400101": "bad_key", "40035": "refused"},
    "feishu": {
        "9499": "rate_limited", "11232": "rate_limited", "19001": "bad_key", "19021": "signature", "19022": "keyword", "19024": "keyword",
    },
}  # fmt: skip


def request(kind: str, text: str, told: Mapping[str, str], now: datetime) -> tuple[str, dict[str, Any]]:
    """Where a text is posted, and as what. told: the robot's url, and its secret where it signs."""
    url, secret = told["url"], told.get("secret", "")
    if kind == "dingtalk":
        stamp = str(int(now.timestamp() * 1000))
        sign = quote_plus(_signed(secret.encode(), f"{stamp}\n{secret}"))
        return f"{url}&timestamp={stamp}&sign={sign}" if secret else url, {"msgtype": "text", "text": {"content": text}}
    if kind == "feishu":
        stamp = str(int(now.timestamp()))
        signed: dict[str, Any] = {"timestamp": stamp, "sign": _signed(f"{stamp}\n{secret}".encode(), "")} if secret else {}
        return url, {**signed, "msg_type": "text", "content": {"text": text}}
    return url, {"msgtype": "text", "text": {"content": text}}


def _signed(key: bytes, message: str) -> str:
    return base64.b64encode(hmac.digest(key, message.encode(), hashlib.sha256)).decode()


def meaning(kind: str, reply: Reply) -> Outcome:
    """What an answer means."""
    if reply.status == 429:
        return Outcome("rate_limited", "HTTP 429")
    if reply.status >= 500:
        return Outcome("busy", f"HTTP {reply.status}")
    said = reply.said()
    number = next((said[name] for name in ("errcode", "code", "StatusCode") if isinstance(said.get(name), int)), None)
    if reply.status != 200 or number is None:
        return Outcome("refused", f"HTTP {reply.status}")
    if number == 0:
        return Outcome("sent")
    if kind == "dingtalk" and number == 310000:
        return Outcome("signature" if "sign" in str(said.get("errmsg", "")) else "keyword", "310000")
    return Outcome(FAULTS[kind].get(str(number), "refused"), str(number))
