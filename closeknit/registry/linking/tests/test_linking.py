"""A made-up list against a made-up register, the truth known: who is linked without a person, and who comes into question at all."""

from pathlib import Path

import pytest

from benchmarks.ground import people
from benchmarks.match import recall_precision, settled
from closeknit.registry.linking import candidates
from closeknit.registry.models import Person
from closeknit.registry.reading.identifying import Whom, identify

pytestmark = pytest.mark.django_db
PERSONS, ROWS = 1_500, 400


@pytest.fixture
def register(tmp_path: Path) -> list[people.Somebody]:
    known: list[people.Somebody] = settled(tmp_path, PERSONS)
    return known


def test_lst_01_a_list_full_of_typing_errors_finds_nearly_all_and_nobody_wrong(register: list[people.Somebody], monkeypatch):
    listed = list(people.pushed(register, list(people.people(200, seed=99)), rows=ROWS))
    whoms = [Whom(each.name, each.id_no, each.phone, each.address) for each in listed]
    bears = {each.number: each.id_no for each in register}

    found = identify(whoms, Person.objects.current())

    truth = [None if each.means is None else bears[each.means] for each in listed]
    linked = [each.persons[0].told()["id_no"] if each.how in ("exact", "folded") else None for each in found]
    recall, precision = recall_precision(truth, linked)
    assert (recall >= 0.97, precision >= 0.99) == (True, True), (recall, precision)
    monkeypatch.setattr(candidates, "MANY", 1)
    again = identify(whoms, Person.objects.current())
    assert [(each.how, each.persons) for each in again] == [(each.how, each.persons) for each in found], "however the words are read"


def test_no_name_is_asked_of_the_database(register: list[people.Somebody], django_assert_num_queries):
    with django_assert_num_queries(4) as queries:
        identify([Whom(register[0].name, "", register[0].phone, register[0].address)], Person.objects.current())

    said = " ".join(each["sql"] for each in queries.captured_queries)
    assert [text for text in (register[0].name, register[0].phone, register[0].address) if text and text in said] == []
