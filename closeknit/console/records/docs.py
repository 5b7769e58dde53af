"""A page of the docs for each kind, written from its declaration: what may be said, how it is guarded, an example."""

import json
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from closeknit.ledger.fields import Code, plain_type
from closeknit.ledger.kinds import Kind, Shape, kinds

REFERENCE_WORDS = {"needs": "Must name", "needs_one_of": "Must name one of", "may": "May name"}
TYPES: dict[Any, str] = {str: "text", int: "whole number", float: "number", bool: "yes or no", dict: "names with numbers"}


def pages() -> dict[str, str]:
    """The text of every page by its file name; README.md is the list of them all."""
    ordered = sorted(kinds().values(), key=lambda kind: kind.name)
    return {"README.md": overview(ordered)} | {f"{kind.name}.md": page(kind) for kind in ordered}


def overview(ordered: list[Kind]) -> str:
    """The list of all kinds."""
    lines = [
        "# Kinds of record", "",
        "Written by `closeknit docs` from the declarations; a test holds both together.", "",
        "| kind | English | 中文 | retention |", "|---|---|---|---|",
    ]  # fmt: skip
    lines += [f"| [{kind.name}]({kind.name}.md) | {kind.label.en} | {kind.label.zh} | {kind.retention} |" for kind in ordered]
    return "\n".join(lines) + "\n"


def page(kind: Kind) -> str:
    """The page of one kind."""
    parts = [f"# {kind.name}", f"{kind.label.en} · {kind.label.zh}", (kind.said.__doc__ or "").strip().splitlines()[0], _facts(kind)]
    fields = [_row(shape) for shape in kind.shapes]
    head = ["| field | English | 中文 | type | required | privacy |", "|---|---|---|---|---|---|"]
    parts.append("\n".join(["## Fields", "", *head, *fields]))
    parts.append("\n".join(["## Examples", "", "```json", *(_example(kind, data) for data in kind.examples), "```"]))
    return "\n\n".join(parts) + "\n"


def _facts(kind: Kind) -> str:
    facts = [f"- {word}: {', '.join(names)}" for column, word in REFERENCE_WORDS.items() if (names := getattr(kind, column))]
    facts.append(f"- Retention class: {kind.retention}")
    facts += ["- Whereabouts: lists of it show time, post and decision, and nobody"] if kind.whereabouts else []
    facts += [f"- Only under a pack with the feature `{kind.feature}`"] if kind.feature else []
    return "\n".join(facts)


def _row(shape: Shape) -> str:
    field = shape.field
    unit = f", in {field.unit.en}" if field.unit else ""
    asked = f" (feature `{field.feature}`)" if field.feature else ""
    required = "yes" if shape.required else ""
    words = type_in_words(shape.type, shape.is_moment) + unit + asked
    return f"| `{shape.name}` | {field.label.en} | {field.label.zh} | {words} | {required} | {field.privacy} |"


def type_in_words(hint: Any, is_moment: bool = False) -> str:
    """A type as people say it, with its bounds."""
    base, bounds = plain_type(hint)
    if is_moment:
        return "ISO 8601 time with offset, or a day"
    if isinstance(base, type) and issubclass(base, Code):
        return ", ".join(f"`{each.value}` {each.label.zh}" for each in base)
    if get_origin(base) is Literal:
        return " or ".join(str(each) for each in get_args(base) if each is not NoneType)
    if get_origin(base) is list:
        return f"list of {type_in_words(get_args(base)[0])}"
    words = TYPES.get(get_origin(base) or base, str(base))
    low = next((each.ge for each in bounds if each.ge is not None), None)
    high = next((each.le for each in bounds if each.le is not None), None)
    return words + (f" from {low:g}" if low is not None else "") + (f" to {high:g}" if high is not None else "")


def _example(kind: Kind, data: dict[str, Any]) -> str:
    references = {name: f"{name[0].upper()}1" for name in (*kind.needs, *kind.needs_one_of[:1])}
    event = {"kind": kind.name, "at": "2022-03-18T10:00:00+08:00", "seq": 1, "area": "433122108001", **references, "data": data}
    return json.dumps({"id": "017f9bed-fe60-709f-9aba-bf8c286f9479", **event}, ensure_ascii=False)


def write(folder: Path) -> int:
    """Writes all pages into the folder and takes away those of kinds that are no more. Returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for stale in {path.name for path in folder.glob("*.md")} - wanted.keys():
        (folder / stale).unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    return len(wanted)
