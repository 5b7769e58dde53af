"""The list of words finds what it has to find, and nothing else."""

import pytest

from tests.covid_words import covid_words


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>加强针</p>", ["加强针"]),
        ('<input placeholder="核酸检测">', ["核酸"]),
        ('<button aria-label="Booster dose">x</button>', ["booster"]),
        ("<script>booster</script><p>敲门行动</p>", []),
        ("<p>boosters club</p>", []),
        ('<a href="/record/核酸/">x</a>', []),
    ],
)
def test_the_words_of_a_page_that_may_not_stand_there(page: str, words: list[str]):
    assert covid_words(page) == words
