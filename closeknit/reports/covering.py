"""Figures of campaigns: due, reached, gap, each with the targets behind it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from closeknit.campaigns.coverage import Coverage, coverage
from closeknit.campaigns.types import types
from closeknit.reports.figures import Question
from closeknit.reports.rows import Row


@dataclass(frozen=True)
class TargetRows:
    """Targets, each campaign for itself; the value is how many there are. What was said of them is read for those alone that are listed."""

    reference: str
    parts: Sequence[tuple[Coverage, set[str]]]

    def value(self) -> int:
        return sum(len(codes) for _, codes in self.parts)

    def size(self) -> int:
        return self.value()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """Campaign by campaign in the order of codes; a target of two campaigns is two rows."""
        lines = [(number, code) for number, (_, codes) in enumerate(self.parts) for code in sorted(codes)]
        times: Counter[str] = Counter()
        keys = []
        for _, code in lines:
            times[code] += 1
            keys.append(code if times[code] == 1 else f"{code} {times[code]}")
        page = lines[start:stop]
        latest = [seen.latest({code for of, code in page if of == number}) for number, (seen, _) in enumerate(self.parts)]
        return [Row(key, self.reference, code, latest[of].get(code)) for key, (of, code) in zip(keys[start:stop], page, strict=True)]


def coverages(kind: str, question: Question) -> list[Coverage]:
    """The coverage of every campaign of a kind that overlaps the window, at the window's end; reckoned once a question."""
    return list(
        question.once(
            ("coverage", kind),
            lambda: [coverage(each, question.area, until=question.end, as_of=question.as_of) for each in question.campaigns(kind)],
        )
    )


def targets_where(kind: str, pick: Callable[[Coverage], set[str]], *others: str) -> Callable[[Question], TargetRows]:
    """A figure that counts targets of one kind of campaign, or of several with the same subject, each campaign for itself, added up."""

    def rows(question: Question) -> TargetRows:
        seen = [one for each in (kind, *others) for one in coverages(each, question)]
        return TargetRows(types()[kind].subject, [(one, pick(one)) for one in seen])

    return rows
