"""The parts of pages, drawn."""

from datetime import UTC, datetime, timedelta

from django.template.loader import render_to_string
from django.utils.translation import override

from closeknit.console.parts import Hours, Progress
from closeknit.kit.text import Text


def test_where_nothing_is_due_nothing_is_said_to_be_done():
    with override("en"):
        none, some = (render_to_string(Progress.template, {"part": part}) for part in (Progress(0, 0), Progress(3, 4)))

    assert ("Nothing due here" in none, "%" in none) == (True, False)
    assert ("75%" in some, "3/4" in some) == (True, True)


def test_bars_of_hours_show_whatever_is_not_nothing_and_the_numbers_stand_below():
    begun = datetime(2022, 3, 18, 5, tzinfo=UTC)
    chart = Hours(Text("Samples by hour", "逐时采样"), [(begun, 0), (begun + timedelta(hours=1), 1), (begun + timedelta(hours=2), 100)])

    assert [(bar.x, bar.y, bar.height, bar.mark) for bar in chart.bars] == [(2, 48, 0, False), (12, 46, 2, True), (22, 2, 46, False)]
    shown = render_to_string(Hours.template, {"part": chart})
    assert "<b>100</b></li>" in shown
    assert "<svg" not in render_to_string(Hours.template, {"part": Hours(chart.caption, [])})
