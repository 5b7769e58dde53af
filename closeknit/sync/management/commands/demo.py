"""`closeknit demo [TOWN]`: a town's days on real input, with the console over it."""

import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from closeknit.access.models import Account
from closeknit.kit.command import Speaking
from closeknit.kit.progress import Bars
from closeknit.kit.text import Text
from closeknit.sync.demonstration import PUSHI, is_stale, live_on, prepare, remembered, sign_ins, town_of
from closeknit.sync.towns import TOWNS, Town

FOREIGN = Text(
    "This database holds accounts that are not the demonstration's. Set CLOSEKNIT_HOME to an empty folder.",
    "此数据库中已有非演示账户。请将 CLOSEKNIT_HOME 设为空目录后再试。",
)
ANOTHER = Text(
    "This home shows {held}. Set CLOSEKNIT_HOME to an empty folder to see {wanted}.",
    "此目录中的演示是 {held}。要看 {wanted}，请将 CLOSEKNIT_HOME 设为空目录后再试。",
)
UNKNOWN = Text(
    "There is no town {wanted}. Choose one of: {towns}.",
    "没有名为 {wanted} 的演示地区。可选：{towns}。",
)
STALE = Text(
    "The demonstration's days are over. `make clean-demo`, then `make demo`, moves them to today.",
    "演示数据的时段已过。执行 make clean-demo 后再执行 make demo，可将其移至今天。",
)
WHAT = Text("{label}; all persons made up. Sign in with:", "演示数据：{label}；人员均为虚构。登录账号：")
MISSING = Text("The folder {n} is missing. Clone the project anew.", "缺少目录 {n}。请重新克隆项目。")
PHONE = Text(
    "The app for phones: sign in as clerk, Phones, Enrol a phone, pick a worker, and open the address that is shown in this browser.",
    "手机应用：以 clerk 登录，进入“手机管理 → 登记手机”，选择人员，在本浏览器打开所示地址即可试用。",
)
ERASE = Text("`make clean-demo` erases the demonstration.", "执行 make clean-demo 可清除演示数据。")


class Command(Speaking):
    """Makes the demonstration where there is none, prints the sign-ins, and serves."""

    summary = Text("Start the demonstration: a town's days, moved to today.", "启动演示：一个地区数日的数据，时间移至今天。")
    example = "closeknit demo\nCLOSEKNIT_HOME=/tmp/jinshan closeknit demo jinshan --prepare-only"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which town, and whether to serve."""
        which = Text("one of {towns}; pushi where none is given", "{towns} 之一；不填为 pushi")
        parser.add_argument("town", nargs="?", default="", help=str(which.format(towns=", ".join(TOWNS))))
        parser.add_argument("--prepare-only", action="store_true", help=str(Text("build it, do not serve", "只准备数据，不启动服务")))
        parser.add_argument("--feed", action="store_true", help=str(Text("only let arrive what is still to come", "只按时送入后续记录")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepares, says, serves."""
        if options["feed"]:
            live_on(remembered())
            return
        wanted = options["town"]
        if wanted and wanted not in TOWNS:
            raise CommandError(str(UNKNOWN.format(wanted=wanted, towns=", ".join(TOWNS))))
        state = remembered()
        if state and wanted and town_of(state).slug != wanted:
            raise CommandError(str(ANOTHER.format(held=town_of(state).slug, wanted=wanted)))
        call_command("migrate", verbosity=0)
        state = state or self._prepared(TOWNS[wanted] if wanted else PUSHI)
        self._say(state)
        if not options["prepare_only"]:
            self._serve()

    def _prepared(self, town: Town) -> dict[str, Any]:
        if Account.objects.exists():
            raise CommandError(str(FOREIGN))
        with Bars() as bars:
            try:
                return prepare(bars.show, town=town)
            except FileNotFoundError as missing:
                raise CommandError(str(MISSING.format(n=missing))) from missing

    def _say(self, state: dict[str, Any]) -> None:
        self.stdout.write(f"\n{WHAT.format(label=str(town_of(state).label))}")
        for username, password, role in sign_ins(state):
            self.stdout.write(f"  {username:<10} {password}   {role.of('zh-hans')} · {role.of('en')}")
        self.stdout.write(f"\n{PHONE}\n{ERASE}")
        if is_stale(state):
            self.stdout.write(self.style.WARNING(str(STALE)))
        self.stdout.flush()

    def _serve(self) -> None:
        feeder = subprocess.Popen([sys.executable, sys.argv[0], "demo", "--feed"])
        try:
            call_command("serve")
        finally:
            feeder.terminate()
