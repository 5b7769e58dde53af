"""`closeknit demo`: a town's two days on real input, with the console over it."""

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
from closeknit.sync.demonstration import SCENARIO, is_stale, live_on, prepare, remembered, sign_ins

FOREIGN = Text(
    "This database holds accounts that are not the demonstration's. Set CLOSEKNIT_HOME to an empty folder.",
    "此数据库中已有非演示账号。请将 CLOSEKNIT_HOME 设为空目录后再试。",
)
STALE = Text(
    "The demonstration's two days are over. `make clean-demo`, then `make demo`, moves them to today.",
    "演示数据的两天已过。执行 make clean-demo 后再执行 make demo，可将其移至今天。",
)
WHAT = Text(
    "Pushi town, 28 villages, two days of a sweep, all persons made up. Sign in with:",
    "演示数据：浦市镇 28 个村（社区）两天的排查，人员均为虚构。登录账号：",
)
MISSING = Text("The folder {n} is missing. Clone the project anew.", "缺少目录 {n}。请重新克隆项目。")
PHONE = Text(
    "The app for phones: sign in as clerk, Phones, Enrol a phone, pick a worker, and open the address that is shown in this browser.",
    "手机应用：以 clerk 登录，进入“手机管理 → 登记手机”，选择人员，在本浏览器打开所示地址即可试用。",
)
ERASE = Text("`make clean-demo` erases the demonstration.", "执行 make clean-demo 可清除演示数据。")


class Command(Speaking):
    """Makes the demonstration where there is none, prints the sign-ins, and serves."""

    summary = Text("Start the demonstration: a town's two days, moved to today.", "启动演示：一个镇两天的数据，时间移至今天。")
    example = "closeknit demo\nCLOSEKNIT_HOME=/tmp/demo closeknit demo --prepare-only"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to serve."""
        parser.add_argument("--prepare-only", action="store_true", help=str(Text("build it, do not serve", "只准备数据，不启动服务")))
        parser.add_argument("--feed", action="store_true", help=str(Text("only let arrive what is still to come", "只按时送入后续记录")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepares, says, serves."""
        if options["feed"]:
            live_on(remembered())
            return
        call_command("migrate", verbosity=0)
        state = remembered() or self._prepared()
        self._say(state)
        if not options["prepare_only"]:
            self._serve()

    def _prepared(self) -> dict[str, Any]:
        if Account.objects.exists():
            raise CommandError(str(FOREIGN))
        if not SCENARIO.exists():
            raise CommandError(str(MISSING.format(n=SCENARIO)))
        with Bars() as bars:
            return prepare(bars.show)

    def _say(self, state: dict[str, Any]) -> None:
        self.stdout.write(f"\n{WHAT}")
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
