"""`closeknit`: Django's management commands behind one name, with a list of ours that says what each is for."""

import os
import sys

import django
from django.core.management import execute_from_command_line, get_commands, load_command_class
from django.utils import translation

from closeknit.kit.command import Speaking, collect_seldom, indented
from closeknit.kit.text import Text

USE = Text(
    "Closeknit runs a town's response to an outbreak, household by household.\n\ncloseknit COMMAND [options]",
    "织密 Closeknit：户户到、日日清，服务乡镇疫情应对。\n\ncloseknit 命令 [选项]",
)
MIGRATE = Text("Bring the database up to date.", "更新数据库结构。")
MORE = Text("closeknit COMMAND --help tells more of each, with an example.", "closeknit 命令 --help 查看详细说明和示例。")


def language() -> str:
    """The language of the shell: what CLOSEKNIT_LANGUAGE says, else Chinese where the locale is Chinese, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return os.environ.get("CLOSEKNIT_LANGUAGE") or ("zh-hans" if locale.startswith("zh") else "en")


def ours() -> dict[str, Speaking]:
    """Our commands by name; Django's own are left out."""
    return {name: load_command_class(str(app), name) for name, app in get_commands().items() if str(app).startswith("closeknit.")}


def overview() -> str:
    """The list of our commands, one line each, each with what one types."""
    rows = {name: (command.summary, command.example.strip().splitlines()[0]) for name, command in ours().items()}
    rows["migrate"] = (MIGRATE, "closeknit migrate")
    width = max(map(len, rows))
    lines = [f"{name:<{width}}  {summary}\n{'':<{width}}  $ {example}" for name, (summary, example) in sorted(rows.items())]
    return "\n\n".join((str(USE), indented("\n".join(lines)), str(MORE)))


def main() -> None:
    """Runs the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeknit.settings")
    os.umask(0o077)  # what we write, the database first of all, is for this user alone
    django.setup()
    collect_seldom()
    translation.activate(language())
    if sys.argv[1:] in ([], ["help"], ["-h"], ["--help"]):
        print(overview())
        return
    execute_from_command_line(sys.argv)
