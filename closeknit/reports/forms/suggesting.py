"""What a form's headings suggest: figures by their names, the form's own words by theirs."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz import fuzz, process

from closeknit.reports.forms.anchors import anchor_of, cells, heading_anchor, headings, keys_of, row_words
from closeknit.reports.forms.books import Seen
from closeknit.reports.forms.marks import OF_ROW, Anchor, Holding, Mark
from closeknit.reports.forms.values import Choice, Day

LIKE = 70  # of 100: 应访户数 and 应走访户 are alike, 应访 and 应检 are not
MOST_OF = 0.6
NOT = set("未不非无")
WORDS: dict[str, Holding] = {
    "填报单位": Holding("unit"), "单位": Holding("unit"), "报送单位": Holding("unit"), "unit": Holding("unit"),
    "填报日期": Holding("date", words="long"), "日期": Holding("date", words="long"), "填报时间": Holding("date", words="long"),
    "date": Holding("date", words="iso"), "填报人": Holding("reporter"), "经办人": Holding("reporter"), "reporter": Holding("reporter"),
}  # fmt: skip
OF_A_ROW: dict[str, Holding] = {
    "序号": Holding("number"), "no": Holding("number"), "村名": Holding("area"), "村社区": Holding("area"), "村(社区)": Holding("area"),
    "单位": Holding("area"), "village": Holding("area"), "unit": Holding("area"), "报送情况": Holding("state"),
}  # fmt: skip


class Suggestion(NamedTuple):
    """A mark that may be meant, and how well the words fit, of 100."""

    mark: Mark
    fits: int


def suggested(sheet: Seen, choices: Iterable[Choice], day: Day, marks: Iterable[Mark]) -> list[Suggestion]:
    """What is not marked yet and whose words fit something: columns, then single cells beside a label."""
    taken = {mark.key for mark in marks}
    known = list(choices)
    found = [*_columns(sheet, known, day), *_cells(sheet, known)]
    unique = {each.mark.key: each for each in reversed(found)}
    return [each for each in found if unique[each.mark.key] is each and each.mark.key not in taken]


def _columns(sheet: Seen, choices: list[Choice], day: Day) -> Iterator[Suggestion]:
    for heading in headings(sheet):
        below = range(heading.row + 1, sheet.rows + 1)
        named = [row for row in below if any(day.area_named(words) for words in row_words(sheet, row, heading.column)[0])]
        blank = heading.row < sheet.rows and not any(sheet.label(heading.row + 1, each) for each in range(1, sheet.columns + 1))
        anchor = heading_anchor(sheet, heading.row + 1, heading.column)
        if anchor is None or not (named or blank):
            continue
        if named and not _is_blank_there(sheet, named[0], heading.column):
            continue
        own = OF_A_ROW.get(heading.words[0])
        choice, fits = best(heading.words, choices)
        if own and blank:
            yield Suggestion(Mark(anchor, own, "list"), 100)
        elif choice:
            yield Suggestion(Mark(anchor, Holding("figure", choice.name, OF_ROW), "rows" if named else "list"), fits)


def _is_blank_there(sheet: Seen, row: int, column: int) -> bool:
    return not sheet.label(row, column) and not sheet.is_formula(row, column)


def _cells(sheet: Seen, choices: list[Choice]) -> Iterator[Suggestion]:
    keys = keys_of(sheet)
    for row, column in cells(sheet):
        left, beside = row_words(sheet, row, column)
        if not beside or sheet.label(row, column) or sheet.is_formula(row, column):
            continue
        anchor = anchor_of(sheet, row, column, keys)
        if left[0] in WORDS:
            yield Suggestion(Mark(anchor, WORDS[left[0]]), 100)
            continue
        choice, fits = best((*left[:1], *anchor.column), choices)
        if choice and not _is_headed(anchor):
            yield Suggestion(Mark(anchor, Holding("figure", choice.name)), fits)


def _is_headed(anchor: Anchor) -> bool:
    """Whether a heading above says what the cell holds, rather than the label beside it."""
    return bool(anchor.column)


def best(words: tuple[str, ...], choices: list[Choice]) -> tuple[Choice | None, int]:
    """The figure whose name fits the words best; None where none fits well."""
    asked = {words[0], "".join(reversed(words)), "".join(words)}
    said = list(dict.fromkeys(name for each in choices for name in each.said))
    fit: dict[str, float] = {}
    for one in asked:  # what is not so much alike letter by letter is neither the same nor most of the other
        for name, _, _ in process.extract(one, said, scorer=fuzz.ratio, score_cutoff=LIKE, limit=None):
            fit[name] = max(_alike(one, name), fit.get(name, 0.0))
    scored = [(max(fit[name] for name in each.said if name in fit), each) for each in choices if not fit.keys().isdisjoint(each.said)]
    fits, choice = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return (choice, int(fits)) if choice else (None, 0)


def _alike(one: str, other: str) -> float:
    """How much two names are alike, of 100: the same, the one most of the other (but 未落实 is not 落实), else letter by letter."""
    if one == other:
        return 100.0
    short, long = sorted((one, other), key=len)
    if len(short) >= MOST_OF * len(long) and short in long and not set(long.replace(short, "")) & NOT:
        return 85.0
    return min(99.0, fuzz.ratio(one, other))
