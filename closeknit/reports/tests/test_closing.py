"""Closing a day in the small county: who is on time, what is refused, what is sealed, and why it differs later."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils.translation import override

from closeknit.kit import clock
from closeknit.kit.once import Known
from closeknit.ledger.models import Event
from closeknit.policy.packs import adopt
from closeknit.reports import closing
from closeknit.reports.compose import compose
from closeknit.reports.content import Report, from_json, to_json
from closeknit.reports.differences import difference
from closeknit.reports.duty import owe
from closeknit.reports.figures import Question, figures
from closeknit.reports.models import Sealed
from closeknit.reports.papers.document import document
from closeknit.reports.papers.plain import plain
from closeknit.reports.papers.wording import paper
from closeknit.reports.windows import window
from tests.town import EAST, START, TOWN, WEST, Field

DAY = date(2022, 3, 18)


def local(text: str) -> datetime:
    """A time of the day, by the town's clock."""
    return datetime.fromisoformat(f"2022-03-{'18T' + text if 'T' not in text else text}+08:00")


@pytest.fixture
def field(field_records: Field) -> Field:
    """The small county, whose two villages owe a report until 17:00."""
    with clock.at(START - timedelta(hours=12)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=DAY, last_day=None)
    return field_records


@pytest.fixture
def at_five(field: Field) -> Iterator[Field]:
    """One door was met; it is just past the cut-off."""
    visit(field, "H1", "10:00")
    with clock.at(local("17:00:01")):
        yield field


def visit(field: Field, household: str, at: str, received: str = "", **rest: object) -> Event:
    """A met door."""
    field.now = local(received or at)
    return field.record("doorknock.visited", household=household, at=local(at).isoformat(), data={"outcome": "met"}, **rest)


STATES = """
confirmed  received   state
16:59:59   16:59:59   on_time
17:00:00   17:00:00   on_time
17:00:01   17:00:01   late
15:44:00   18:19:00   late_received
19T09:00   19T09:00   late
-          -          missing
"""


@pytest.mark.parametrize("line", STATES.strip().splitlines()[1:])
def test_the_state_of_a_unit_around_the_cut_off(field: Field, line: str):
    confirmed, received, state = line.split()
    if confirmed != "-":
        field.now = local(received)
        data = {"day": "2022-03-18", "unit": WEST}
        field.push(field.event("reports.confirmed", at=local(confirmed).isoformat(), data=data), pushed_at=local(received))

    assert {unit.code: unit.state for unit in compose(TOWN, DAY).units} == {WEST: state, EAST: "missing"}


def test_a_day_runs_from_cut_off_to_cut_off(field: Field):
    frame = window(WEST, DAY)

    assert (frame.start, frame.opens, frame.end) == (local("17T17:00"), local("15:00"), local("17:00"))


def test_a_report_is_confirmed_from_three_and_once(field: Field):
    with clock.at(local("14:59")), pytest.raises(closing.Refused, match="stands from"):
        closing.confirm(WEST, DAY, by="W1")
    with clock.at(local("15:00")):
        first = closing.confirm(WEST, DAY, by="W1", seen="abc", note="都见到了")
        with pytest.raises(closing.Refused, match="confirmed already"):
            closing.confirm(WEST, DAY, by="W1")
        closing.withdraw(Event.objects.get(id=first), by="W1")
        closing.confirm(WEST, DAY, by="W1", zero=True, channel="phone")

    unit = compose(TOWN, DAY).units[0]
    assert (unit.state, unit.zero, unit.channel) == ("on_time", True, "phone")
    assert Event.objects.get(id=first).data["seen"] == "abc"


def test_only_who_confirmed_can_take_it_back(field: Field):
    with clock.at(local("15:00")):
        pressed = Event.objects.get(id=closing.confirm(WEST, DAY, by="W1"))

    with pytest.raises(closing.Refused, match="Only who confirmed"):
        closing.withdraw(pressed, by="W2")


def test_a_place_that_owes_nothing_cannot_confirm(field: Field):
    with clock.at(local("15:30")), pytest.raises(closing.Refused, match="owes no report"):
        closing.confirm(TOWN, DAY, by="W3")


def test_declared_totals_stand_apart_and_never_in_coverage(field: Field):
    visit(field, "H4", "10:00", area=EAST)
    frame = window(TOWN, DAY)
    before = figures(Question(TOWN, frame.start, frame.end))

    with clock.at(local("16:00")):
        closing.declare(EAST, DAY, figures={"doorknock.visits": 25}, declared_by="村文书", channel="phone", by="W3")

    report = compose(TOWN, DAY)
    assert figures(Question(TOWN, frame.start, frame.end)) == before
    assert [(one.name, one.declared, one.recorded) for one in report.declared[0].figures] == [("doorknock.visits", 25, 1)]
    assert "村文书" not in str(to_json(report)), "who told it is personal, and stays in the ledger"


def test_before_the_cut_off_nothing_is_sealed(field: Field):
    with clock.at(local("16:59:59")), pytest.raises(closing.Refused) as refused:
        closing.seal(TOWN, DAY, by="W3")

    assert "17:00" in refused.value.text.of("en")


def test_before_the_cut_off_the_report_keeps_up_with_the_records(field: Field):
    with clock.at(local("16:00")):
        first = closing.report_of(WEST, DAY)[0]
        visit(field, "H1", "15:59")
        second, sealed = closing.report_of(WEST, DAY)

    assert sealed is None
    assert (first.figure("doorknock.visits").value, second.figure("doorknock.visits").value) == (0, 1)
    assert first.seen != second.seen


def test_the_first_look_after_the_cut_off_seals(at_five: Field):
    report, sealed = closing.report_of(TOWN, DAY)

    assert (sealed.sealed_by, sealed.content["as_of"]) == ("clock", "2022-03-18T17:00:00+08:00")
    assert report == from_json(sealed.content)
    assert report.versions.plans[0][0] == "sweep"


def test_sealed_late_it_is_as_if_sealed_at_the_cut_off(at_five: Field):
    visit(at_five, "H2", "10:30", received="18:00")

    with clock.at(local("20T12:00")):
        report, sealed = closing.report_of(TOWN, DAY)

    assert report.figure("doorknock.visits").value == 1
    assert sealed.arrival == 1


def test_the_days_before_are_sealed_first(at_five: Field):
    with clock.at(local("19T17:30")):
        late = closing.report_of(TOWN, date(2022, 3, 19))[0].late

    assert late.day == DAY
    assert sorted(str(day) for day in Sealed.objects.filter(area=TOWN).values_list("day", flat=True)) == ["2022-03-18", "2022-03-19"]


def causes(name: str) -> list[tuple[int, str]]:
    """Why a figure of the day differs."""
    return sorted((change.sign, change.cause) for change in difference(Sealed.objects.get(area=TOWN, day=DAY), name).changes)


def test_each_way_in_which_a_figure_can_change_is_told(field: Field):
    corrected, voided = visit(field, "H1", "10:00"), visit(field, "H2", "10:10")
    field.now = local("10:20")
    unknown = field.event("doorknock.visited", household="found:01a201f0-b094-7123-b017-dd5341aebb0a", data={"outcome": "met"})
    assert field.push(unknown)[0].status == "waiting"
    with clock.at(local("17:00:01")):
        closing.seal(TOWN, DAY, by="W3")

    visit(field, "H4", "11:00", received="18:00", area=EAST)
    field.now = local("18:10")
    field.record(
        "doorknock.visited",
        household="H1",
        at=local("10:00").isoformat(),
        corrects=str(corrected.id),
        data={"outcome": "absent", "reason": "记错"},
    )
    field.record("ledger.voided", corrects=str(voided.id), data={"reason": "重复"})
    found = field.event(
        "registry.found", id="01a201f0-b094-7123-b017-dd5341aebb0a", at=local("09:00").isoformat(), data={"what": "household"}
    )
    assert field.push(found)[0].status == "accepted"

    assert causes("doorknock.visits") == [(-1, "corrected"), (-1, "voided"), (1, "accepted_later"), (1, "corrected"), (1, "late")]
    assert causes("doorknock.due") == [(1, "late")]
    assert causes("reports.missing") == []


def test_the_clock_seals_the_town_and_its_units_once(at_five: Field):
    first, second = io.StringIO(), io.StringIO()
    call_command("clock", "--once", stdout=first)
    call_command("clock", "--once", stdout=second)

    assert (len(first.getvalue().splitlines()), second.getvalue()) == (3, "")
    assert set(Sealed.objects.values_list("area", flat=True)) == {TOWN, WEST, EAST}


def test_the_command_prints_what_the_screen_gives(at_five: Field, tmp_path):
    out, file = io.StringIO(), tmp_path / "bulletin.docx"
    call_command("report", "--area", TOWN, "--day", "2022-03-18", stdout=out)
    call_command("report", "--area", TOWN, "--day", "2022-03-18", "--format", "docx", "--output", str(file), stdout=io.StringIO())

    report = closing.report_of(TOWN, DAY)[0]
    with override("zh-hans"):
        assert (out.getvalue().strip(), file.read_bytes()) == (plain(report), document(report))


def test_the_document_keeps_to_the_official_layout(at_five: Field):
    with override("zh-hans"):
        parts = zipfile.ZipFile(io.BytesIO(document(compose(TOWN, DAY))))
    text = parts.read("word/document.xml").decode()

    assert '<w:docGrid w:type="linesAndChars" w:linePitch="580" w:charSpace="-847"/>' in text
    assert 'w:top="2098"' in text, "37 mm"
    assert 'w:left="1587"' in text, "28 mm"
    assert [font for font in ("方正小标宋简体", "仿宋", "黑体", "楷体") if f'w:eastAsia="{font}"' not in text] == []
    assert [name for name in parts.namelist() if "fonts/" in name] == [], "no font is embedded"
    assert "altName" in parts.read("word/fontTable.xml").decode()


def test_before_the_cut_off_the_papers_speak_up_to_now_and_after_it_up_to_the_cut_off(field: Field):
    with clock.at(local("16:15")), override("zh-hans"):
        early = compose(TOWN, DAY)
        words = plain(early).splitlines()[0][-5:], paper(early).period
    with clock.at(local("17:00:01")), override("zh-hans"):
        late = plain(closing.report_of(TOWN, DAY)[0]).splitlines()[0][-5:]

    assert (words[0], late) == ("16:15", "17:00")
    assert "2022年3月18日16时15分" in words[1]


def test_without_the_feature_no_word_of_that_disease_stands_in_the_papers(at_five: Field):
    with clock.at(START - timedelta(hours=6)):
        adopt(TOWN, "generic-measles")
    report = compose(TOWN, DAY)

    for language, words in (("zh-hans", ("新冠", "核酸", "疫苗加强", "健康码")), ("en", ("COVID", "nucleic", "booster"))):
        with override(language):
            text = plain(report) + str(paper(report))
        assert [word for word in words if word in text] == []
        assert ("麻疹" if language == "zh-hans" else "measles") in text


@pytest.mark.parametrize(("many", "together"), [(2, True), (3, False)])
def test_many_reports_are_sealed_together_and_say_what_each_says_alone(
    at_five: Field, monkeypatch: pytest.MonkeyPatch, many: int, together: bool
):
    composed, shared = closing.compose, []

    def watched(area: str, day: date, as_of: datetime, known: Known | None) -> Report:
        shared.append(known)
        return composed(area, day, as_of, known=known)

    monkeypatch.setattr(closing, "compose", watched)
    monkeypatch.setattr(closing, "MANY", many)
    held = [*closing.seal_due(clock.now())]

    assert [each.area for each in held] == [TOWN, WEST, EAST]
    assert len({id(each) for each in shared}) == 1
    assert (shared[0] is not None) == together
    assert [each.content for each in held] == [to_json(compose(each.area, DAY, each.ends_at)) for each in held]
