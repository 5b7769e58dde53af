"""What each way out can take: lengths, how much a minute, how long one waits after a fault. Pure.

Sources: developer.work.weixin.qq.com/document/path/91770 (2,048 bytes, 20 a minute); open.dingtalk.com robots (20 a minute, then ten
minutes of silence); open.feishu.cn custom bots (100 a minute, 5 a second, 20 KB, whole and half hours are crowded).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.kit.text import Text


@dataclass(frozen=True)
class Limits:
    """Of one kind of channel: bytes or characters of a text, messages a minute and a second, minutes of silence once it was too much."""

    label: Text
    bytes: int = 0
    characters: int = 0
    a_minute: int = 60
    a_second: int = 0
    silence: timedelta = timedelta(minutes=1)


LIMITS: Mapping[str, Limits] = {
    "wecom": Limits(Text("WeCom group robot", "企业微信群机器人"), bytes=2_048, a_minute=20),
    "dingtalk": Limits(Text("DingTalk group robot", "钉钉群机器人"), bytes=18_000, a_minute=20, silence=timedelta(minutes=10)),
    "feishu": Limits(Text("Feishu group robot", "飞书群机器人"), bytes=18_000, a_minute=100, a_second=5),
    "email": Limits(Text("E-mail", "电子邮件"), characters=20_000),
    "sms": Limits(Text("SMS by template", "模板短信"), characters=210),
    "copy": Limits(Text("Copied by hand (WeChat)", "人工复制（微信群）"), characters=5_000),
}
ROBOTS = ("wecom", "dingtalk", "feishu")
SMS_PART = 67  # characters of each part of a long message; one of up to 70 is one part
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
LONG = Text("{n} bytes, at most {most}. Shorten the text.", "{n} 字节，最多 {most} 字节，请精简。")
MANY = Text("{n} characters, at most {most}. Shorten the text.", "{n} 字，最多 {most} 字，请精简。")


def too_long(kind: str, text: str) -> Text | None:
    """Why a text does not fit a kind of channel; None where it does."""
    limits, size = LIMITS[kind], len(text.encode())
    if limits.bytes and size > limits.bytes:
        return LONG.format(n=size, most=limits.bytes)
    if limits.characters and len(text) > limits.characters:
        return MANY.format(n=len(text), most=limits.characters)
    return None


def parts(text: str) -> int:
    """As how many SMS a text is charged."""
    return 1 if len(text) <= 70 else -(-len(text) // SMS_PART)


def wait_after(attempts: int) -> timedelta | None:
    """How long until the next attempt, after so many; None where it is given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def wait_for_room(kind: str, sent: list[datetime], now: datetime) -> timedelta | None:
    """How long a robot must be left alone, from when it was used in the last minute; None where there is room."""
    limits = LIMITS[kind]
    if kind == "feishu" and now.minute % 30 == 0:
        return timedelta(seconds=60 - now.second)
    minute = sorted(each for each in sent if each > now - timedelta(minutes=1))
    if len(minute) >= limits.a_minute:
        return minute[-limits.a_minute] + timedelta(minutes=1) - now
    second = [each for each in minute if each > now - timedelta(seconds=1)]
    return timedelta(seconds=1) if limits.a_second and len(second) >= limits.a_second else None
