"""What medical institutions tell the board: fever visits not reported up, days not reported, triage that does not work, checks overdue."""

from collections.abc import Callable, Iterable

from closeknit.console.records import links, names
from closeknit.kit.text import Text
from closeknit.measures.clinics import words
from closeknit.measures.clinics.rules import last_owed
from closeknit.measures.clinics.standing import Institution, institutions, not_passed_up, reported
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch


def _all(look: Look) -> list[Institution]:
    return list(look.once("institutions", lambda: institutions(look.area.code, look.policy, look.now, look.as_of)))


def _list(look: Look, state: str, cases: Iterable[Case]) -> Watched:
    return Watched(list(cases), f"{links.to('clinics.list', area=look.area.code)}?state={state}")


def _cases(look: Look, pick: Callable[[Institution], bool]) -> list[Case]:
    return [
        Case(
            each.place.name, each.place.area, each.check.at if each.check else None, url=links.to("clinics.clinic", code=each.place.code),
            note=words.in_words(each),
        )
        for each in _all(look)
        if pick(each)
    ]  # fmt: skip


@watch(
    Rule(
        "clinics.not_passed_up", 420, "bad", "clinics.view",
        Text("Fever visits not reported up: {n}", "{n} 人次发热就诊未上报"),
        Text("Which institutions", "查看机构"),
        Text("A patient with fever whom nobody above knows of may be the first case.", "发热患者未上报，可能漏掉首例。"),
    )
)  # fmt: skip
def left(look: Look) -> Watched:
    """Days of places on which fever visits were not passed up, the oldest first."""
    days = not_passed_up(look.area.code, look.now, look.as_of)
    called = names.places({code for code, _ in days})
    cases = [
        Case(
            called[code].name if code in called else code, called[code].area if code in called else each.report.area, each.report.at,
            each.left, url=links.to("clinics.clinic", code=code), note=day,
        )
        for (code, day), each in sorted(days.items(), key=lambda pair: (pair[0][1], pair[0][0]))
    ]  # fmt: skip
    return _list(look, "left", cases)


@watch(
    Rule(
        "clinics.missing", 421, "watch", "clinics.view",
        Text("Institutions that did not report their fever visits: {n}", "{n} 家医疗机构未报发热就诊"),
        Text("Which institutions", "查看机构"),
        Text("None is a report too.", "零就诊也须报告。"),
    )
)  # fmt: skip
def missing(look: Look) -> Watched:
    """Institutions without a report of the last day that they owe."""
    day = last_owed(look.now, str(look.policy.get("clinics.report_by")), look.policy.timezone).isoformat()
    known = reported([each.place.code for each in _all(look)], [day], look.now, look.as_of)
    cases = [
        Case(each.place.name, each.place.area, url=links.to("clinics.clinic", code=each.place.code), note=day)
        for each in _all(look)
        if (each.place.code, day) not in known
    ]
    return _list(look, "missing", cases)


@watch(
    Rule(
        "clinics.faulty", 422, "watch", "clinics.view",
        Text("Institutions whose triage or fever clinic is not in order: {n}", "{n} 家医疗机构预检分诊或发热门诊不规范"),
        Text("Which institutions", "查看机构"),
        Text("As the last check found it.", "以末次检查为准。"),
    )
)  # fmt: skip
def faulty(look: Look) -> Watched:
    """Institutions where the last check found something wrong."""
    return _list(look, "faulty", _cases(look, lambda each: bool(each.faults)))


@watch(
    Rule(
        "clinics.unchecked", 423, "info", "clinics.view",
        Text("Institutions not checked in time: {n}", "{n} 家医疗机构逾期未查"),
        Text("Which institutions", "查看机构"),
        Text("Longer ago than the policy pack allows, or never; private ones too.", "超过规定间隔未检查或从未检查，含民营机构。"),
    )
)  # fmt: skip
def unchecked(look: Look) -> Watched:
    """Institutions that nobody has checked in time."""
    return _list(look, "late", _cases(look, lambda each: each.late))
