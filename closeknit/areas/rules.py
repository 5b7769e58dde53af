"""What makes a row of a table of areas one that cannot be placed: pure, with the reason and the remedy."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from closeknit.areas.models import Level
from closeknit.kit.folding import fold
from closeknit.kit.text import Text

LONGEST = {"code": 32, "name": 100}
_CODE = re.compile(r"[A-Za-z0-9-]+")
_ENDINGS = re.compile(
    r"(社区居民委员会|居民委员会|村民委员会|社区居委会|居委会|村委会|街道办事处|办事处|地区|街道|社区|村|镇|乡|市|区|县|省)$"
)

MISSING = Text("It is missing.", "缺少。")
FILL = Text("Fill it in, and import again.", "请补上后重新导入。")
SHORTEN = Text("Shorten it, and import again.", "请缩短后重新导入。")


@dataclass(frozen=True)
class Line:
    """A row of the file."""

    row: int
    code: str
    parent: str
    name: str
    level: str


@dataclass(frozen=True)
class Known:
    """What the tree holds under a row's code; `just_now`: this import wrote it."""

    parent: str
    name: str
    level: str
    just_now: bool


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be placed: the column, the reason, what to do."""

    column: str
    reason: Text
    remedy: Text


@dataclass(frozen=True)
class Parked:
    """A row that was set aside."""

    file: str
    row: int
    column: str
    reason: Text
    remedy: Text


def unreadable(row: Mapping[str, str]) -> Problem | None:
    """What is wrong with a row by itself."""
    for column in ("code", "name"):
        if not row[column]:
            return Problem(column, MISSING, FILL)
        if len(row[column]) > LONGEST[column]:
            return Problem(column, Text("It is longer than {n} characters.", "超过 {n} 个字符。", n=LONGEST[column]), SHORTEN)
    if not _CODE.fullmatch(row["code"]):
        return Problem("code", Text("A code has letters, digits and - only.", "代码只能含字母、数字和 -。"), FILL)
    if row["level"] not in Level.values:
        levels = Text("Level is one of {levels}.", "级别应为 {levels} 之一。", levels=", ".join(Level.values))
        return Problem("level", levels, FILL)
    return None


def verdict(line: Line, held: Known | None, *, has_parent: bool, refused: Set[str], renames: bool) -> Problem | None:
    """Why a row cannot be placed in the tree; `refused`: codes of rows of the same file that could not."""
    if line.parent and (line.parent in refused or not has_parent):
        return _without_parent(line, refused)
    if held is None or core(held.name) == core(line.name) or (renames and not held.just_now):
        return None
    return _another(line, held)


def _without_parent(line: Line, refused: Set[str]) -> Problem:
    if line.parent in refused:
        reason = Text("Its parent {code} was set aside.", "上级 {code} 已被搁置。", code=line.parent)
        return Problem("parent", reason, Text("Put the parent's row right, and import again.", "请先更正上级所在行，再重新导入。"))
    reason = Text(
        "The parent {code} is not in the file and not known, or of no higher level.",
        "上级 {code} 不在文件中、也未登记，或级别不高于本行。",
        code=line.parent,
    )
    return Problem("parent", reason, Text("Add the parent, or correct its code.", "请补充上级所在行，或更正上级代码。"))


def _another(line: Line, held: Known) -> Problem:
    reason = Text(
        "This code stands for {held} already, not for {name}.", "该代码已对应“{held}”，不是“{name}”。", held=held.name, name=line.name
    )
    if held.just_now:
        return Problem("code", reason, Text("Two rows share a code: give one its own.", "两行代码相同：请给其中一行改用自己的代码。"))
    remedy = Text(
        "Where the area got a new name: import with --renames. Else the file takes its codes from another table: use one table only.",
        "若该地区确已更名，请加 --renames 重新导入；否则说明文件采用了另一套代码，请只用一套。",
    )
    return Problem("code", reason, remedy)


def core(name: str) -> str:
    """The name as one compares it: 马窖街道 and 馬窖街道办事处 are one, 桂花街道 and 金山街道 are not."""
    folded = fold(name)
    return _ENDINGS.sub("", folded) or folded
