"""Texts in both languages, with what is filled into them."""

import pytest
from django.utils.translation import override

from closeknit.kit.text import Text

DOORS = Text("{n} door{n:s} left", "还有 {n} 户")


@pytest.mark.parametrize(
    ("n", "en"), [(0, "0 doors left"), (1, "1 door left"), (2, "2 doors left"), ("1", "1 door left"), ("1,001", "1,001 doors left")]
)
def test_english_has_a_plural_for_whatever_is_not_one(n: object, en: str):
    said = DOORS.format(n=n)

    with override("en"):
        assert str(said) == en
    assert (said.of("en"), said.of("zh-hans")) == (en, f"还有 {n} 户")


def test_a_text_of_braces_and_of_nothing_to_fill_in_stays_as_it_is():
    assert (Text("{{n}}", "{{n}}").of("en"), Text("{a:>3}{n:s}", "{a}{n}", a=7, n=2).of("en")) == ("{{n}}", "  7s")


@pytest.mark.parametrize("active", ["en", "zh-hans"])
def test_a_text_within_a_text_is_in_the_same_language(active: str):
    said = Text("Left: {what}.", "还剩：{what}。", what=Text("a door", "一户"))

    with override(active):
        assert (said.of("en"), said.of("zh-hans")) == ("Left: a door.", "还剩：一户。")
