"""What is reckoned once within a page, and never outlives it."""

from closeknit.kit.once import is_page, once_a_page, one_page

asked: list[tuple[str, int]] = []


@once_a_page
def answer(name: str, number: int = 0) -> str:
    asked.append((name, number))
    return name * number


def test_within_a_page_the_same_question_is_asked_once():
    asked.clear()
    with one_page():
        assert [answer("a", 2), answer("a", 2), answer("a", number=3)] == ["aa", "aa", "aaa"]

    assert asked == [("a", 2), ("a", 3)]


def test_nothing_outlives_the_page_and_outside_of_one_nothing_is_kept():
    asked.clear()
    for _ in range(2):
        with one_page():
            answer("a", 1)
    answer("a", 1)
    answer("a", 1)

    assert (len(asked), is_page()) == (4, False)
