"""`closeknit replay DIR`: loads a scenario folder and pushes its pushes."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from closeknit.kit.command import Speaking
from closeknit.kit.progress import Bars
from closeknit.kit.tables import TableProblem
from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.registry.roster.problem import RosterProblem
from closeknit.sync.scenarios import load_register, pushes, replay

REFUSED = Text("Line {line}: push refused at `{field}`: {text}", "第 {line} 行：上传被拒（{field}）：{text}")


class Command(Speaking):
    """Loads a scenario."""

    summary = Text("Load a scenario folder and push its pushes as devices did.", "载入场景目录，并按设备上传的方式回放记录。")
    example = "closeknit replay ../shared/scenarios/pushi --until 2022-03-18T17:00:00+08:00"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and until when."""
        parser.add_argument("folder", type=Path, help=str(Text("the scenario's folder", "场景目录")))
        parser.add_argument(
            "--until", type=datetime.fromisoformat, help=str(Text("leave out what was received later", "此时刻之后收到的不载入"))
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Register first, then pushes."""
        folder: Path = options["folder"]
        if not (folder / "plan.json").exists():
            raise CommandError(
                str(Text("{n} has no plan.json: this is no scenario folder.", "{n} 中没有 plan.json，不是场景目录。", n=folder))
            )
        refused: list[tuple[int, BadPush]] = []
        try:
            with Bars() as bars:
                load_register(folder, by="replay", progress=bars.show)
                done = replay(pushes(folder, refused), until=options["until"], progress=bars.show)
        except (TableProblem, RosterProblem) as problem:
            raise CommandError(str(problem.text)) from problem
        for line, bad in refused:
            self.stderr.write(str(REFUSED.format(line=line, field=bad.field, text=bad.text)))
        self.stdout.write(str(Text("{n} pushes replayed.", "已回放 {n} 次上传。", n=done)))
