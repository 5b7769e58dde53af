"""`closeknit orders`: what a chain sign-up comes to, without recording it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from closeknit.areas.models import Area
from closeknit.kit.command import Speaking
from closeknit.kit.tables import TableProblem, decoded
from closeknit.kit.text import Text
from closeknit.measures.chains.chain import read_chain
from closeknit.measures.chains.register import doors_of, words_for


class Command(Speaking):
    """Reads a text and prints its orders."""

    summary = Text("Read the chain sign-up of a chat group: orders, and lines to look at.", "读取微信群接龙：订单和需人工核对的行。")
    example = "closeknit orders chat.txt --village 433122108222 --json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whose doors it speaks of."""
        parser.add_argument("file", type=Path, help=str(Text("text of the chat", "接龙文本文件")))
        parser.add_argument("--village", required=True, help=str(Text("code of the village or community", "村（社区）代码")))
        parser.add_argument("--json", action="store_true", help=str(Text("print JSON", "输出 JSON")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads and prints; nothing is recorded."""
        village = options["village"]
        if not Area.objects.current().filter(code=village).exists():
            unknown = Text("The area {n} is not known. `closeknit import areas FILE` brings areas in.",
                           "未登记的地区 {n}。请先用 closeknit import areas 导入。", n=village)  # fmt: skip
            raise CommandError(str(unknown))
        try:
            text = decoded(options["file"].read_bytes(), options["file"].name)
        except OSError as error:
            raise CommandError(str(Text("The file {n} cannot be read.", "无法读取文件 {n}。", n=options["file"].name))) from error
        except TableProblem as problem:
            raise CommandError(str(problem.text)) from problem
        found = read_chain(text, doors_of(village), words_for(village))
        if options["json"]:
            self.stdout.write(json.dumps({"orders": found.orders, "look_at": found.look_at}, ensure_ascii=False))
            return
        for household, packs in found.orders.items():
            self.stdout.write(f"{household}  {', '.join(f'{pack} {quantity}' for pack, quantity in packs.items())}")
        self.stdout.write(str(Text("Lines to look at: {n}", "需人工核对的行：{n}", n=", ".join(map(str, found.look_at)) or "-")))
