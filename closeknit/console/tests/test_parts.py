"""The parts of pages, drawn."""

from django.template.loader import render_to_string
from django.utils.translation import override

from closeknit.console.parts import Progress


def test_where_nothing_is_due_nothing_is_said_to_be_done():
    with override("en"):
        none, some = (render_to_string(Progress.template, {"part": part}) for part in (Progress(0, 0), Progress(3, 4)))

    assert ("Nothing due here" in none, "%" in none) == (True, False)
    assert ("75%" in some, "3/4" in some) == (True, True)
