"""Pushi's two days: sealed at 17:00, the rest comes in, and what was sealed stays what it was."""

import json
from datetime import datetime

import pytest
from django.utils.translation import override

from closeknit.reports.closing import seal
from closeknit.reports.differences import changed, difference
from closeknit.reports.figures import Question, sections
from closeknit.reports.models import Sealed
from closeknit.reports.papers.fonts import RARE, uncovered
from closeknit.reports.papers.plain import MOST_BYTES, MOST_LINES
from closeknit.reports.papers.wording import paper
from closeknit.reports.tests.pushi import FIRST, LANGUAGES, SECOND, TOWN, VALLEY, Closed, printed

pytestmark = pytest.mark.django_db


def expected(closed: Closed, number: int) -> dict[str, object]:
    """The figures that the scenario expects for one of its windows."""
    windows = json.loads((closed.folder / "expected.json").read_text())["figures"]
    return dict(windows[number]["figures"])


def test_printed_again_a_day_later_it_is_the_same_to_the_letter(closed: Closed):
    assert printed(closed.report(FIRST)) == closed.printed


def test_sealing_again_gives_what_was_sealed_first(closed: Closed):
    before = Sealed.objects.get(area=TOWN, day=FIRST)

    assert seal(TOWN, FIRST, by="another") == before


@pytest.mark.parametrize(("day", "window"), [(FIRST, 0), (SECOND, 2)])
def test_the_sealed_figures_are_those_of_the_cut_off(closed: Closed, day, window):
    wanted = expected(closed, window)
    shown = {figure.name: figure.value for part in closed.report(day).parts for figure in part.figures}

    assert {name: shown[name] for name in wanted if name in shown} == {name: wanted[name] for name in wanted if name in shown}
    assert set(wanted) - set(shown) == {f"registry.rows_{what}" for what in ("read", "parked", "merged", "doubtful")}


def test_a_unit_not_received_by_the_cut_off_is_named_missing(closed: Closed):
    assert [unit.name for unit in closed.report(FIRST).of_state("missing")] == ["印家桥社区", "岩头山村", "黑竹坳村"]


def test_a_valley_without_a_network_is_not_named_late(closed: Closed):
    late = closed.report(SECOND).late

    assert {unit.code: unit.state for unit in late.reports} == {
        "433122108004": "late",
        "433122108211": "late",
        VALLEY: "late_received",
    }
    with override("zh-hans"):
        named = {block.lead: block.text for block in paper(closed.report(SECOND)).blocks}
    assert named["3月18日日报，迟报"] == "印家桥社区、岩头山村（共2个）。"
    assert named["3月18日日报，按时确认、网络晚到（不作迟报）"] == "黑竹坳村（共1个）。"


def test_the_next_report_lists_what_came_in_late(closed: Closed):
    late = closed.report(SECOND).late
    later = expected(closed, 1)

    held = [one for one in late.figures if one.name in later]  # figures that no scenario holds have a reckoning of their own
    assert {one.name: one.now for one in held} == {one.name: later[one.name] for one in held}
    assert [one.name for one in late.figures][:2] == ["doorknock.settled", "doorknock.gap"]
    assert (late.units[0].name, len(late.units)) == ("十字街社区", 28)


def test_every_difference_is_explained_to_the_last_record(closed: Closed):
    held, report = Sealed.objects.get(area=TOWN, day=FIRST), closed.report(FIRST)
    names = [figure.name for part in report.parts for figure in part.figures]

    found = {name: difference(held, name) for name in names}

    explained = {name: sum(change.weight for change in one.changes) for name, one in found.items()}
    assert explained == {name: number(one.now) - number(one.sealed) for name, one in found.items()}
    assert {name for name, one in found.items() if one.now != one.sealed} == set(changed(report))
    assert {change.cause for one in found.values() for change in one.changes} == {"late", "corrected"}


def number(value: object) -> int:
    """A figure as a number."""
    return len(value) if isinstance(value, list) else int(value)


@pytest.mark.parametrize("window", range(4))
def test_as_many_rows_stand_behind_every_figure_as_it_says(closed: Closed, window):
    asked = json.loads((closed.folder / "expected.json").read_text())["figures"][window]
    question = Question(asked["area"], *(datetime.fromisoformat(asked[name]) for name in ("from", "to", "as_of")))

    for figure in (one for each in sections() for one in each.all_figures(question)):
        rows = figure.rows(question)
        listed = rows.listed()
        assert sum(row.weight for row in listed) == number(rows.value()), figure.name
        assert (len(listed), len({row.key for row in listed})) == (rows.size(), rows.size()), figure.name
        assert [row.key for row in rows.listed(0, 3)] == [row.key for row in listed[:3]], figure.name


@pytest.mark.parametrize("day", [FIRST, SECOND])
def test_the_text_for_a_chat_group_is_short(closed: Closed, day):
    for language in LANGUAGES:
        text = printed(closed.report(day))[f"text {language}"]
        assert len(text.splitlines()) <= MOST_LINES
        assert len(text.encode()) <= MOST_BYTES


def test_no_glyph_of_the_bulletin_is_missing(closed: Closed):
    if uncovered("中"):
        pytest.skip("No Noto CJK or no fc-list here. Type: apt-get install fonts-noto-cjk fontconfig")
    with override("zh-hans"):
        worded = paper(closed.report(SECOND))
    text = worded.title + worded.period + "".join(block.lead + block.text for block in worded.blocks)

    assert uncovered(RARE + text) == set()
    assert uncovered(RARE, families=("DejaVu Sans",)) == set(RARE)
