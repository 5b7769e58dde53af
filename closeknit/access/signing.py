"""Signing in, with a brake on guessing, and changing one's password."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.timezone import localtime

from closeknit.access import limits
from closeknit.access.models import Account
from closeknit.kit.text import Text

TRIES, MINUTES = 10, 15
SHORTEST = 10

WRONG = Text(
    "Name or password is not right. Check capital letters; if you have forgotten the password, ask your administrator for a new one.",
    "用户名或密码不正确。请检查大小写；忘记密码请联系管理员重置。",
)
TOO_MANY = Text(
    "Too many wrong tries. Try again after {time}, or ask your administrator for a new password.",
    "错误次数过多，请于 {time} 后再试，或联系管理员重置密码。",
)


@dataclass(frozen=True)
class Answer:
    """Who signed in, or why nobody did."""

    account: Account | None = None
    error: Text | None = None


def _too_many(until: datetime) -> Answer:
    return Answer(error=TOO_MANY.format(time=localtime(until).strftime("%H:%M:%S")))


def check(request: HttpRequest, username: str, password: str) -> Answer:
    """The account of a name and a password. A try is counted before the password is looked at, and forgotten where it was right."""
    name = username.strip()[:64]
    until = limits.spend("sign-in", name, limit=TRIES, minutes=MINUTES)
    if until is not None:
        return _too_many(until)
    account = authenticate(request, username=name, password=password)
    if not isinstance(account, Account):
        return Answer(error=WRONG)
    limits.forget("sign-in", name)
    return Answer(account=account)


def refusal(account: Account, old: str, new: str, again: str) -> tuple[str, Text] | None:
    """Why a new password cannot be taken, with the field that must change; None where it can."""
    if not account.check_password(old):
        return "old", Text("This is not your present password. Type it again.", "当前密码不正确，请重新输入。")
    if len(new) < SHORTEST:
        return "new", Text(
            "Too short: at least {n} characters. Four words in a row are easy to keep.", "太短：至少 {n} 位，可用几个词连写。", n=SHORTEST
        )
    if new == old or new.lower() == account.username.lower() or len(set(new)) < 4:
        return "new", Text(
            "Too easy to guess. Take one that is not the old one, not your name and not one sign repeated.",
            "过于简单：不得与旧密码、用户名相同，不得为重复字符。",
        )
    if new != again:
        return "again", Text("The two are not the same. Type the new password again.", "两次输入不一致，请重新输入。")
    return None
