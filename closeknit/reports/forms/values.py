"""What a form's cells hold on a day: from the sealed report where there is one, else as the records stand."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign
from closeknit.kit.folding import fold
from closeknit.kit.text import Text
from closeknit.reports.content import Report, from_json
from closeknit.reports.duty import owed
from closeknit.reports.figures import Figure, Question, sections
from closeknit.reports.forms.marks import CAMPAIGN, OF_ROW, SINCE_START, Holding
from closeknit.reports.models import Sealed
from closeknit.reports.papers.wording import STATES, joined
from closeknit.reports.windows import duty_of, window

TOTALS = ("合计", "总计", "小计", "全镇", "全县", "total", "sum")
ENDINGS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村", "镇", "乡", "街道", "居")
DATES = {"iso": "{y:04}-{m:02}-{d:02}", "long": "{y}年{m}月{d}日", "short": "{m}月{d}日"}
Value = int | str | date | None


@dataclass(frozen=True)
class OfCampaign(Question):
    """The same question, asked of one campaign alone."""

    code: str = ""

    def campaigns(self, kind: str) -> list[Campaign]:
        return [each for each in super().campaigns(kind) if each.code == self.code]


@dataclass(frozen=True)
class Choice:
    """A figure that can be chosen: its name, what people call it, and the words by which it is searched."""

    name: str
    label: Text
    said: tuple[str, ...]


def choices(area: str, start: datetime, end: datetime) -> list[Choice]:
    """The figures that an area's reports can show, in the report's order."""
    question = Question(area, start, end)
    found = []
    for section in sections():
        for figure in section.all_figures(question):
            if question.policy.has(section.feature) and question.policy.has(figure.feature) and not figure.everywhere:
                found.append(Choice(figure.name, _called(section.title, figure.label), _said(section.title, figure.label)))
    return found


def _called(title: Text, label: Text) -> Text:
    return Text("{title}: {label}", "{title}：{label}", title=title, label=label)


def _said(title: Text, label: Text) -> tuple[str, ...]:
    plain = [(label.of(language), title.of(language)) for language in ("zh-hans", "en")]
    return tuple(fold(words) for one, head in plain for words in (one, head + one, f"{head}:{one}", f"{head}：{one}"))


def _short(name: str) -> str:
    plain = fold(name)
    return next((plain.removesuffix(ending) for ending in ENDINGS if plain.endswith(ending) and len(plain) > len(ending) + 1), plain)


@dataclass
class Day:
    """A form's area on a day. `by` is the name of the person who fills it in. What lies outside the area is nobody's to read here."""

    area: str
    day: date
    by: str
    names: dict[str, str] = field(init=False)
    sealed: dict[str, Report] = field(init=False)
    arrivals: dict[str, int] = field(init=False)
    questions: dict[Any, Question] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        below = Area.objects.below(self.area).order_by("path")
        self.rows = list(below)
        self.names = {each.code: each.name for each in self.rows}
        held = list(Sealed.objects.filter(day=self.day, area__in=self.names))
        self.sealed = {each.area: from_json(each.content) for each in held}
        self.arrivals = {each.area: each.arrival for each in held}
        self.frame = window(self.area, self.day)
        self.duty = duty_of(self.area)

    @property
    def is_sealed(self) -> bool:
        """Whether the day of the form's own area is sealed; then all that is written is as known at its cut-off."""
        return self.area in self.sealed

    @property
    def as_of(self) -> datetime | None:
        return self.frame.end if self.is_sealed else None

    def value(self, holding: Holding, row_area: str = "", number: int = 0) -> Value:
        """What is written; None where it is not known."""
        area = row_area if holding.area == OF_ROW else holding.area or self.area
        match holding.what:
            case "constant":
                return holding.words
            case "date":
                return self._date(holding.words)
            case "unit":
                return self.names.get(area)
            case "area":
                return self.names.get(row_area)
            case "reporter":
                return self.by
            case "number":
                return number
            case "state":
                return self._state(row_area)
            case _:
                return self._figure(holding, area)

    def _date(self, pattern: str) -> Value:
        return self.day if pattern not in DATES else DATES[pattern].format(y=self.day.year, m=self.day.month, d=self.day.day)

    def _state(self, unit: str) -> Value:
        for area in (self.area, *self.sealed):
            held = self.sealed.get(area)
            state = next((each.state for each in held.units if each.code == unit), None) if held else None
            if state:
                return str(STATES[state])
        return str(STATES[self._owed[unit]]) if unit in self._owed else None

    @cached_property
    def _owed(self) -> dict[str, str]:
        return {each.unit: each.state for each in owed(self.area, self.frame.start, self.frame.end, self.as_of)}

    def _figure(self, holding: Holding, area: str) -> Value:
        if area not in self.names:
            return None
        held = self.sealed.get(area)
        if holding.window == "day" and held and (kept := held.figure(holding.figure)) is not None:
            return joined(kept.names) if isinstance(kept.value, list) else kept.value
        question = self._asked(holding.window, area)
        found = self._known(holding.figure, question) if question else None
        if question is None or found is None or found.everywhere or not question.policy.has(found.feature):
            return None
        value = found.rows(question).value()
        return joined(self.names.get(code, code) for code in value) if isinstance(value, list) else value

    def _known(self, name: str, question: Question) -> Figure | None:
        if name not in self.figures:
            every = [figure for section in sections() for figure in section.all_figures(question)]
            self.figures.update({figure.name: figure for figure in every})
        return self.figures.get(name)

    def _asked(self, asked: str, area: str) -> Question | None:
        """The question of a window; None where it cannot be asked: no duty since which to count, no such campaign."""
        if asked == SINCE_START:
            start = window(self.area, self.duty.first_day).start if self.duty else None
            return self._question(area, start, self.frame.end) if start else None
        if asked.startswith(CAMPAIGN):
            code = asked.removeprefix(CAMPAIGN)
            plan = Campaign.objects.as_of(self.as_of).filter(code=code, starts_at__lt=self.frame.end).first()
            return self._question(area, plan.starts_at, self.frame.end, code) if plan else None
        return self._question(area, self.frame.start, self.frame.end)

    def _question(self, area: str, start: datetime, end: datetime, campaign: str = "") -> Question:
        key = (area, start, campaign)
        if key not in self.questions:
            asked = Question(area, start, end, self.as_of)
            self.questions[key] = OfCampaign(area, start, end, self.as_of, code=campaign) if campaign else asked
        return self.questions[key]

    def area_named(self, words: str) -> str | None:
        """The area below the form's that a label names; the form's own for a total. None where none or several have the name."""
        plain = fold(words)
        if plain in TOTALS or plain == fold(self.names.get(self.area, "")):
            return self.area
        return self._by_name.get(plain) or self._by_name.get(_short(words))

    @cached_property
    def _by_name(self) -> dict[str, str]:
        named: dict[str, str] = {}
        for form in (fold, _short):
            held: dict[str, list[str]] = {}
            for code, name in self.names.items():
                held.setdefault(form(name), []).append(code)
            named |= {name: codes[0] for name, codes in held.items() if len(codes) == 1 and name not in named}
        return named

    def below(self) -> list[str]:
        """The areas of a list's rows: the units that owe a report, in their order; else the areas right below."""
        units = [unit for unit in (self.duty.units if self.duty else ()) if unit in self.names and unit != self.area]
        return units or [each.code for each in self.rows if each.parent == self.area]
