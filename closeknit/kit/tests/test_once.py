"""What is reckoned once within a page, and never outlives it."""

from datetime import UTC, datetime

from closeknit.kit.once import Known, is_page, once_a_page, once_for_all, one_page

asked: list[tuple[str, int]] = []


@once_a_page
def answer(name: str, number: int = 0) -> str:
    asked.append((name, number))
    return name * number


@once_for_all
def answer_then(name: str, as_of: datetime | None) -> str:
    asked.append((name, int(as_of is not None)))
    return name


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


def test_what_was_known_at_a_time_is_asked_once_for_all_pages_that_look_at_it():
    asked.clear()
    then, known = datetime(2022, 4, 1, 17, tzinfo=UTC), Known(datetime(2022, 4, 1, 17, tzinfo=UTC))
    for _ in range(2):
        with one_page(known):
            assert (answer_then("a", as_of=then), answer_then("a", then), answer_then("a", None), answer("b")) == ("a", "a", "a", "")
    with one_page():
        answer_then("a", then)

    assert asked == [("a", 1), ("a", 1), ("a", 0), ("b", 0), ("a", 0), ("b", 0), ("a", 1)]
