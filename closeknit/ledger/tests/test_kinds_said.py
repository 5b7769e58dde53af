"""Which kinds were ever said, everywhere and in an area."""

from pytest_django import DjangoAssertNumQueries

from closeknit.kit.once import one_page
from closeknit.ledger.queries import kinds_said, standing
from closeknit.measures.doorknock.kinds import Phoned, Visited
from tests.town import COUNTY, WEST, Field


def test_a_kind_is_found_once_it_was_said_and_only_where(field_records: Field):
    before = kinds_said([WEST])
    field_records.push(
        *(field_records.event("doorknock.visited", household="H1", data={"outcome": outcome}) for outcome in ("absent", "met"))
    )

    assert kinds_said([WEST]) - before == {"doorknock.visited"}
    assert "doorknock.visited" in kinds_said()
    assert kinds_said([COUNTY]) == kinds_said([]) == frozenset()


def test_a_page_asks_nothing_of_what_nobody_ever_said(field_records: Field, django_assert_num_queries: DjangoAssertNumQueries):
    field_records.push(field_records.event("doorknock.visited", household="H1", data={"outcome": "met"}))

    with one_page():
        assert standing(Phoned).count() == 0
        with django_assert_num_queries(0):
            assert [*standing(Phoned).filter(household="H1").order_by("at")] == []
        with django_assert_num_queries(1):
            assert standing(Visited, Phoned).count() == 1


def test_the_next_page_knows_what_was_said_since(field_records: Field):
    with one_page():
        assert not standing(Visited).exists()
    field_records.push(field_records.event("doorknock.visited", household="H1", data={"outcome": "met"}))

    with one_page():
        assert standing(Visited).exists()
