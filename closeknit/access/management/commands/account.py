"""`closeknit account USERNAME`: gives an account, or a new one-time password."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from closeknit.access.giving import Refused, give, renew
from closeknit.access.models import Account
from closeknit.access.roles import ROLES
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text


class Command(Speaking):
    """Gives an account; prints the one-time password once."""

    summary = Text("Give somebody an account, or a new one-time password.", "开通账户，或重置一次性密码。")
    example = "closeknit account liwei --role town_clerk --area 433122108 --name 李伟\ncloseknit account liwei --renew"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, as what, where."""
        parser.add_argument("username")
        parser.add_argument("--role", choices=tuple(ROLES), help=str(Text("the role", "角色")))
        parser.add_argument("--area", default="", help=str(Text("code of the area", "地区代码")))
        parser.add_argument("--member", default="", help=str(Text("code of the member", "人员编号")))
        parser.add_argument("--name", default="", help=str(Text("the name that screens show", "显示姓名")))
        parser.add_argument("--renew", action="store_true", help=str(Text("a new one-time password", "重置一次性密码")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Gives or renews."""
        held = Account.objects.filter(username=options["username"]).first()
        try:
            if options["renew"]:
                if held is None:
                    raise CommandError(str(Text("There is no account of this name.", "没有此账户。")))
                password = renew(held)
            else:
                rest = {name: options[name] or "" for name in ("role", "area", "member", "name")}
                _, password = give(options["username"], **rest)
        except Refused as refused:
            raise CommandError(f"--{refused.field}: {refused.text}") from refused
        self.stdout.write(str(Text("One-time password: {n}", "一次性密码：{n}", n=password)))
