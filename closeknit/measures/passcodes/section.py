"""Its part of the daily report."""

from collections.abc import Callable

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.passes.kinds import CodeWay, held_in, is_late, living_in, open_objections
from closeknit.registry.known import names_as_of
from closeknit.reports.figures import CodeRows, EventRows, Figure, Question, Section, section


def _codes(*ways: CodeWay) -> Callable[[Question], CodeRows]:
    def rows(question: Question) -> CodeRows:
        held = question.once("codes", lambda: held_in(question.area, question.end, question.as_of))
        picked = {code: event for code, event in held.items() if not ways or event.data["way"] in ways}
        return CodeRows("person", sorted(picked), picked)

    return rows


def _objections(late: bool) -> Callable[[Question], EventRows]:
    def rows(question: Question) -> EventRows:
        def reckon() -> list[Event]:
            names = names_as_of("person", question.as_of)
            said = open_objections(question.end, question.as_of)
            here = living_in({names.get(each.person, each.person): each for each in said}, question.areas, question.as_of)
            return [each for each in said if names.get(each.person, each.person) in here]

        hours = int(question.policy.get("passes.objection_within_h"))
        found = question.once("pass_objections", reckon)
        return EventRows(Event.objects.filter(id__in=[each.id for each in found if not late or is_late(each, question.end, hours)]))

    return rows


SECTION = section(
    Section(
        "passcodes",
        Text("Codes and objections", "持码与异议"),
        (
            Figure("passes.codes", Text("Persons with a code", "持码人数"), _codes(), state=True),
            Figure("passes.codes_helped", Text("Through a helper", "他人代办"), _codes(CodeWay.HELPER), state=True),
            Figure("passes.codes_paper", Text("On paper", "纸质卡"), _codes(CodeWay.PAPER), state=True),
            Figure("passes.objections_open", Text("Objections open", "待处理异议"), _objections(False), state=True),
            Figure("passes.objections_late", Text("Objections late", "超时未答复异议"), _objections(True), state=True),
        ),
        order=53,
        feature="passes",
    )
)
