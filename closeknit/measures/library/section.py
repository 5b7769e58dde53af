"""Its part of the daily report: texts in force, texts that wait, and what was used without approval."""

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.measures.library.kinds import LibraryText, is_covered, is_use, texts
from closeknit.measures.library.using import USES
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _texts(question: Question) -> list[LibraryText]:
    def reckon() -> list[LibraryText]:
        return [each for each in texts(until=question.end, as_of=question.as_of).values() if each.area in question.areas]

    return list(question.once("library", reckon))


def _in_force(question: Question) -> CodeRows:
    events = {each.code: each.in_force.written for each in _texts(question) if each.in_force}
    return CodeRows("event", sorted(events), events)


def _waiting(question: Question) -> CodeRows:
    pairs = [(each.code, version) for each in _texts(question) for version in each.versions if version.state == "waiting"]
    events = {f"{code} {version.number}": version.written for code, version in pairs}
    return CodeRows("event", sorted(events), events)


def uncovered(found: list[Event], *, question: Question) -> dict[str, Event]:
    """Those of the uses that had no approved version behind them."""
    known = texts(as_of=question.as_of)
    paths = dict(Area.objects.as_of(question.as_of).filter(code__in={each.area for each in found}).values_list("code", "path"))
    return {str(each.id): each for each in found if not is_covered(known, each.data, paths.get(each.area, ""), each.at)}


def _uncovered(question: Question) -> CodeRows:
    said = question.events(*(kinds()[name].said for name in USES)).defer("personal", "digest")
    events = uncovered([each for each in said if is_use(each.data)], question=question)
    return CodeRows("event", sorted(events), events)


SECTION = section(
    Section(
        "library",
        Text("Library of texts", "宣传文稿库"),
        (
            Figure("outreach.texts", Text("Texts in force", "可用文稿"), _in_force, state=True),
            Figure("outreach.texts_waiting", Text("Versions that wait for approval", "待审定文稿"), _waiting, state=True),
            Figure("outreach.uncovered", Text("Used without approval", "未审定即使用"), _uncovered),
        ),
        order=81,
    )
)
