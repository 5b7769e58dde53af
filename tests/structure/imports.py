"""Reads which modules a file leans on, and judges that by the map of docs/adr and architecture."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.structure.sources import Source

# From the bottom to the top; what stands in one line does not know its neighbours.
LAYERS = (
    ("environment",),
    ("kit",),
    ("areas",),
    ("access",),
    ("policy",),
    ("channels",),
    ("ledger",),
    ("registry",),
    ("campaigns",),
    ("reports",),
    ("console", "paper", "sync"),
    ("measures",),
    ("settings", "urls", "asgi", "cli"),
)
TOP = set(LAYERS[-1])  # these know each other: settings name the address list, the command line the settings
RANK = {package: rank for rank, layer in enumerate(LAYERS) for package in layer}
REASONS = (
    "apps must be loaded first",
    "only where a page is rendered",
    "slow to load",
    "an optional package",
)
DOTTED = re.compile(r"closeknit(\.\w+)+")
DOTTED_BEGINNING = re.compile(r"closeknit(\.\w+)*\.")
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


@dataclass(frozen=True)
class Use:
    """A module that a file leans on, and where."""

    file: str
    line: int
    module: str


def uses(source: Source, measures: set[str]) -> Iterator[Use]:
    """What a file leans on: imports, dotted paths in strings, models named by strings."""
    for node in ast.walk(source.tree):
        for module in named(node, source, measures):
            if module.split(".")[0] == "closeknit" and module != "closeknit":
                yield Use(source.name, getattr(node, "lineno", 0), module)


def named(node: ast.AST, source: Source, measures: set[str]) -> Iterator[str]:
    """The modules that one node of the syntax names."""
    match node:
        case ast.Import(names=names):
            yield from (name.name for name in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            yield from imported(module or "", [name.name for name in names], level, source)
        case ast.Constant(value=str(text)) if DOTTED.fullmatch(text):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]) if DOTTED_BEGINNING.match(text):
            yield text.rstrip(".")
        case ast.Call() if relation(node):
            yield from (app_of(target, measures) for target in targets(node))


def imported(module: str, names: list[str], level: int, source: Source) -> Iterator[str]:
    """`from closeknit import ledger` names closeknit.ledger, `from closeknit.ledger import kinds` closeknit.ledger.kinds."""
    if level:
        parts = source.module.split(".")
        keep = len(parts) - level + source.name.endswith("__init__.py")
        module = ".".join([*parts[:keep], *filter(None, [module])])
    yield from (f"{module}.{name}" for name in names)


def relation(call: ast.Call) -> bool:
    """Whether a call ties a model to another, or fetches one by name."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in RELATIONS or name == "get_model"


def targets(call: ast.Call) -> Iterator[str]:
    """The models that the call names: 'access.Account', or ('access', 'Account'), or settings.AUTH_USER_MODEL."""
    for value in [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "to")]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
        elif isinstance(value, ast.Attribute) and value.attr == "AUTH_USER_MODEL":
            yield "access.Account"


def app_of(target: str, measures: set[str]) -> str:
    """The package of a model's label; nothing of ours for Django's own and for models of the same file."""
    label = target.split(".")[0] if "." in target or target.islower() else ""
    if label in measures:
        return f"closeknit.measures.{label}.models"
    return f"closeknit.{label}.models" if label in RANK else ""


def package(module: str) -> str:
    """`closeknit.ledger.kinds` is of `ledger`; `closeknit.measures.testing.kinds` of `measures`."""
    return module.split(".")[1]


def forbidden(use: Use, source: Source, allowed: dict[str, str]) -> str | None:
    """What is wrong with a use, None where nothing is."""
    here, there = package(source.module), package(use.module)
    where = f"{use.file}:{use.line} leans on {use.module}"
    if f"{use.file} {use.module}" in allowed:
        return None
    if there not in RANK:
        return f"{where}: {there} has no place in the map"
    if here == there == "measures":
        return of_another_measure(use, source, where)
    known = here == there or {here, there} <= TOP
    return f"{where}: arrows go down only" if not known and RANK[there] >= RANK[here] else None


def of_another_measure(use: Use, source: Source, where: str) -> str | None:
    """Of another measure only its kinds may be known."""
    mine, other = source.module.split(".")[2:3], use.module.split(".")[2:]
    if not mine or not other or mine == other[:1] or other[1:2] == ["kinds"]:
        return None
    return f"{where}: of another measure only kinds.py may be imported"


def rings(arrows: dict[str, set[str]]) -> list[str]:
    """The measures that lean on themselves by way of others."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        ahead = set(arrows.get(start, ()))
        while ahead:
            seen |= ahead
            ahead = {after for step in ahead for after in arrows.get(step, ())} - seen
        return seen

    return sorted(name for name in arrows if name in reached(name))


def late_imports(source: Source) -> Iterator[str]:
    """Imports inside functions that do not name one of the allowed reasons in a comment of their line."""
    for function in ast.walk(source.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    comment = source.lines[node.lineno - 1].partition("#")[2]
                    if not any(reason in comment for reason in REASONS):
                        yield f"{source.name}:{node.lineno}: an import inside a function gives one of these reasons: {'; '.join(REASONS)}"
