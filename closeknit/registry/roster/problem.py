"""What is said when a roster file cannot be read at all."""

from closeknit.kit.text import Refusal, Text


class RosterProblem(Refusal):
    """A file that cannot be read. `text` names the file, the place and the remedy, and never what stands in a cell."""


def problem(file: str, en: str, zh: str, **values: object) -> RosterProblem:
    """A problem of this file; `en` and `zh` go on after its name and may hold `{names}` of the values."""
    return RosterProblem(Text("{file}: " + en, "{file}：" + zh, file=file, **values))
