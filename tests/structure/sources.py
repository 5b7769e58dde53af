"""The files that the structure tests read."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"migrations", "__pycache__", "node_modules", "vendor", ".venv", ".build"}


@dataclass
class Source:
    """One Python file of a tree."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        """Its path from the root, with slashes."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def module(self) -> str:
        """Its dotted name."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.path.read_text(encoding="utf-8").splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """What Python reads in it."""
        return ast.parse("\n".join(self.lines), filename=self.name)

    @property
    def is_test(self) -> bool:
        """Whether it belongs to a test folder."""
        return "tests" in self.path.relative_to(self.root).parts[:-1]


def files(root: Path, folder: str, pattern: str) -> Iterator[Path]:
    """The files of a folder whose name fits, without what is not ours."""
    for path in sorted((root / folder).rglob(pattern)):
        if path.is_file() and not NOT_OURS & set(path.relative_to(root).parts):
            yield path


def sources(root: Path, *folders: str) -> list[Source]:
    """The Python files of these folders."""
    return [Source(root, path) for folder in folders for path in files(root, folder, "*.py")]
