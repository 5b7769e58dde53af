"""`closeknit doctor`: looks over the installation and says what to do next."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from closeknit.console.doctor.finding import Finding, State
from closeknit.console.doctor.summary import examine, variables
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text

MARKS = {State.FINE: "✓", State.NOTE: "!", State.FAILED: "✗"}
LINE = Text("{check}: {seen}", "{check}：{seen}")
WELL = Text("Nothing has to be done before work goes on.", "未发现必须处理的问题，可以继续工作。")
ILL = Text("Put right what is marked ✗, then run this again.", "请先处理标有 ✗ 的项目，再运行一次。")
SETTINGS = Text("Settings from the environment:", "环境变量：")


class Command(Speaking):
    """Prints one line a check; the exit code is 1 where one failed."""

    summary = Text("Check the installation: database, disk, clock, certificate.", "检查安装情况：数据库、磁盘、时钟、证书。")
    example = "closeknit doctor\ncloseknit doctor --json"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--json for programs."""
        parser.add_argument("--json", action="store_true", help=str(Text("print JSON", "输出 JSON")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs all checks."""
        findings = list(examine())
        failed = any(finding.state is State.FAILED for finding in findings)
        if options["json"]:
            self.stdout.write(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2))
        else:
            self._print(findings, ILL if failed else WELL)
        if failed:
            sys.exit(1)

    def _print(self, findings: list[Finding], verdict: Text) -> None:
        for finding in findings:
            self.stdout.write(f"{MARKS[finding.state]} {LINE.format(check=finding.check, seen=finding.seen)}")
            if finding.cure:
                self.stdout.write(f"    → {finding.cure}")
        self.stdout.write(f"\n{SETTINGS}")
        for name, value, meaning in variables():
            self.stdout.write(f"  {name} = {value}\n    {meaning}")
        self.stdout.write(f"\n{verdict}")
