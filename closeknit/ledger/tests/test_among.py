"""`__among` finds what `__in` finds, on either engine."""

import pytest
from django.db import connection

from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk
from closeknit.ledger.models import Count, Event
from closeknit.registry.models import Person
from tests.town import START, Field

pytestmark = pytest.mark.django_db


def test_many_texts_and_ids_are_found_as_with_in(django_assert_num_queries):
    rows = [
        {"id": uuid7(), "name": f"n{each}", "hour": START, "area": "99", "place": "", "number": each} for each in range(40_000)
    ]  # more than SQLite takes parameters
    bulk.insert(Count, rows)
    names, ids = frozenset(row["name"] for row in rows[1:]), frozenset(row["id"] for row in rows[:3])

    with django_assert_num_queries(3):
        assert Count.objects.filter(name__among=names).count() == 39_999
        assert Count.objects.filter(name__among=names, id__among=ids).count() == 2
        assert Count.objects.exclude(id__among=ids).count() == 39_997


def test_a_text_is_found_whatever_signs_it_holds():
    names = ['a"b', "a\\b", "{a,b}", "O'Neil", "张三", "NULL", ""]
    bulk.insert(Count, [{"id": uuid7(), "name": name, "hour": START, "area": "99", "place": "", "number": 1} for name in names])

    assert {*Count.objects.filter(name__among=frozenset(names)).values_list("name", flat=True)} == {*names}


def test_digests_are_found_as_with_in(town: None):
    held = {bytes(digest) for digest in Person.objects.values_list("digest", flat=True)}
    some = frozenset([*sorted(held)[:3], b"\\'\"\x00%s}"])

    found = {bytes(digest) for digest in Person.objects.filter(digest__among=some).values_list("digest", flat=True)}

    assert found == held & some
    assert len(found) == 3


def test_among_none_is_nothing_and_asks_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not Count.objects.filter(name__among=frozenset()).exists()


@pytest.mark.parametrize("column", ["household", "person", "topic"])
def test_more_than_a_hundred_codes_are_found_by_the_index_that_leaves_out_the_empty(db: None, column: str):
    asked = frozenset(f"T{number}" for number in range(150))
    events = Event.objects.filter(**{f"{column}__among": asked})
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # in a table without rows it would read them all
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert f"event_{column}" in events.explain()


def test_the_empty_code_can_be_among_them(field_records: Field):
    about_nobody = field_records.record("checkpoints.person_checked", place="CP1", data={"decision": "admitted"})
    about_one = field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H2", data={"outcome": "met"})

    found = Event.objects.filter(household__among=frozenset({"", "H1"}))

    assert {event.id for event in found} == {about_nobody.id, about_one.id}
