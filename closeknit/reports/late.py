"""What came in late: records of an earlier day that the server got only after that day's report was sealed."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.reports.content import Late, LateUnit, Moved, Report, Unit, from_json
from closeknit.reports.duty import owed
from closeknit.reports.figures import Question, sections
from closeknit.reports.models import Sealed

OWN = "reports."


def late_since(question: Question, day: date, names: dict[str, str]) -> Late | None:
    """What came in since the last report of the area that was sealed before this day; None where there is none."""
    before = Sealed.objects.filter(area=question.area, day__lt=day).order_by("-day").first()
    if before is None:
        return None
    was = from_json(before.content)
    then = Question(question.area, was.starts_at, was.ends_at, question.as_of, together=question.together)
    then.sift()
    return Late(before.day, _moved(was, then), _units(before, question, names), _reports(was, then, names))


def _moved(was: Report, then: Question) -> list[Moved]:
    found = []
    known = {one.name: one for each in sections() for one in each.all_figures(then)}
    for shown in (one for part in was.parts for one in part.figures if not one.name.startswith(OWN)):
        one = known.get(shown.name)
        value = one.rows(then).value() if one else 0
        if isinstance(value, int) and value != shown.number:
            found.append(Moved(shown.name, shown.label, shown.number, value))
    return found


def _units(before: Sealed, question: Question, names: dict[str, str]) -> list[LateUnit]:
    """Villages by name with the number of their late records, the most first."""
    late = late_events(before, question)
    by_area = Counter(dict(late.values_list("area").annotate(number=Count("id")).order_by("area")))
    paths = dict(Area.objects.as_of(question.as_of).filter(code__in=by_area).values_list("code", "path"))
    villages = set(Area.objects.as_of(question.as_of).filter(level="village", code__in=_above(paths)).values_list("code", flat=True))
    by_unit: Counter[str] = Counter()
    for code, number in by_area.items():
        by_unit[next((above for above in paths.get(code, "").split("/") if above in villages), code)] += number
    return [LateUnit(code, names.get(code, code), number) for code, number in sorted(by_unit.items(), key=lambda pair: (-pair[1], pair[0]))]


def _above(paths: dict[str, str]) -> set[str]:
    return {code for path in paths.values() for code in path.split("/") if code}


def late_events(before: Sealed, question: Question) -> Any:
    """The events of the area that happened before the sealed report's end and were received after it, up to the question's time."""
    below = Area.objects.below(question.area, question.as_of).values("code")
    late = Event.objects.filter(at__lt=before.ends_at, received_at__gt=before.ends_at, area__in=below).exclude(kind__startswith=OWN)
    return late.filter(received_at__lte=question.as_of) if question.as_of else late


def _reports(was: Report, then: Question, names: dict[str, str]) -> list[Unit]:
    """The units whose report was missing when it was sealed, as they stand by now."""
    missing = {unit.code for unit in was.of_state("missing")}
    return [
        Unit(each.unit, names.get(each.unit, each.unit), each.state, note=each.note)
        for each in owed(then.area, then.start, then.end, then.as_of)
        if each.unit in missing
    ]
