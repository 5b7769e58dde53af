"""Giving accounts: a password that is shown once and must be changed at the first sign-in."""

import secrets

from closeknit.access.models import Account
from closeknit.access.roles import ROLES
from closeknit.areas.models import Area
from closeknit.kit.text import FieldRefusal, Text

SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "wo", "yu", "zhe")


class Refused(FieldRefusal):
    """An account that cannot be given: which field, and what is allowed."""


def one_time_password() -> str:
    """Twelve letters that can be read aloud, in three groups: 48 bits of chance."""
    return "-".join("".join(secrets.choice(SYLLABLES) for _ in range(4)) for _ in range(3))


def give(username: str, *, role: str, area: str, member: str = "", name: str = "") -> tuple[Account, str]:
    """A new account and its one-time password. Raises `Refused` with the field."""
    check(role=role, area=area)
    if not username.isascii() or not username.replace("-", "").replace("_", "").isalnum() or len(username) > 64:
        raise Refused("username", Text("Letters, digits, - and _; at most 64.", "仅限字母、数字、- 和 _，不超过 64 位。"))
    if Account.objects.filter(username=username).exists():
        raise Refused("username", Text("This user name is taken.", "该用户名已被使用。"))
    account = Account(username=username, role=role, area=area, member=member, name=name, must_change_password=True)
    password = one_time_password()
    account.set_password(password)
    account.save()
    return account, password


def renew(account: Account) -> str:
    """A new one-time password; the old one ends at once."""
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    return password


def check(*, role: str, area: str) -> None:
    """Raises `Refused` where the role or the area does not exist."""
    if role not in ROLES:
        raise Refused("role", Text("Roles are: {names}.", "可选角色：{names}。", names=", ".join(ROLES)))
    if not Area.objects.current().filter(code=area).exists():
        raise Refused("area", Text("This area is not known here.", "该地区尚未登记。"))
