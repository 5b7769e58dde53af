"""Progress bars in the terminal; silent where nobody looks."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class Bars:
    """One bar a piece of long work, made when its first step is shown."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,}"), TimeElapsedColumn(),
            console=console, disable=not console.is_terminal,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def show(self, what: str, done: int, of: int) -> None:
        """`what` has come to `done` (of a total, where that is known: else 0)."""
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=of or None)
        self._progress.update(self._tasks[what], completed=done, total=of or None)
