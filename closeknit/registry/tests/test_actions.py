"""What people do to the register: found, merged, taken back, put right."""

from datetime import timedelta

import pytest

from closeknit.campaigns.coverage import coverage
from closeknit.campaigns.models import Campaign
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.actions import Refused, amend_household, amend_person, correct, find, merge, void
from closeknit.registry.matching import suggestions
from closeknit.registry.models import Found, Household, Person
from closeknit.registry.searching import search_persons
from tests.town import EAST, START, TOWN, WEST, Field, id_no

SOON = START + timedelta(hours=1)


def sweep(hours: int = 2) -> object:
    return coverage(Campaign.objects.get(code="sweep"), TOWN, until=START + timedelta(hours=hours))


def event_of(code: str) -> Event:
    return Event.objects.get(id=code.removeprefix("found:"))


def test_a_family_found_is_due_and_no_longer_when_it_is_undone(town: None):
    with clock.at(SOON):
        code = find(by="W1", area=WEST, data={"what": "household", "landmark": "渡口旧船坞"})
        due_then = sweep().due
        void(event_of(code), by="W1", reason="撤销")

    assert code in due_then
    assert code not in sweep().due


def test_visits_to_a_family_found_count_for_the_roster_household_after_the_merge(field_records: Field):
    with clock.at(SOON):
        code = find(by="W1", area=WEST, data={"what": "household", "name": "卢家"})
    field_records.later(minutes=5).record("doorknock.visited", household=code, data={"outcome": "met"})

    with clock.at(SOON + timedelta(minutes=10)):
        merge(code, "H1", reference="household", area=WEST, by="W3", reason="门牌核对为同一户")

    state = sweep()
    assert (code in state.due, "H1" in state.due, "H1" in state.reached) == (False, True, True)


def test_a_merge_taken_back_leaves_both_due(field_records: Field):
    with clock.at(SOON):
        code = find(by="W1", area=WEST, data={"what": "household"})
    field_records.later(minutes=5).record("doorknock.visited", household=code, data={"outcome": "met"})
    with clock.at(SOON + timedelta(minutes=10)):
        merged = merge(code, "H1", reference="household", area=WEST, by="W3", reason="误认")

        void(Event.objects.get(id=merged), by="W3", reason="并非同一户")

    state = sweep()
    assert ({code, "H1"} <= state.due, {code, "H1"} & state.reached) == (True, {code})


def test_a_merge_with_nobody_is_refused(town: None):
    with clock.at(SOON):
        code = find(by="W1", area=WEST, data={"what": "household"})

        with pytest.raises(Refused) as refused:
            merge(code, "NO-SUCH", reference="household", area=WEST, by="W3", reason="x")

    assert refused.value.field == "household"


def test_a_find_that_is_not_valid_is_refused_beside_its_field(town: None):
    with pytest.raises(Refused) as refused:
        find(by="W1", area=WEST, data={"what": "person", "birth_date": "last year"})

    assert refused.value.field == "birth_date"


def test_a_record_put_right_counts_in_its_place(field_records: Field):
    event = field_records.record("doorknock.visited", household="H1", data={"outcome": "met", "present": 3})

    with clock.at(SOON + timedelta(minutes=5)):
        right = correct(event, by="W1", data={"outcome": "absent"}, reason="点错")

    state = sweep()
    assert [each.id for each in state.tried["H1"]] == [right]
    assert "H1" not in state.reached


def test_a_sleeper_without_a_household_is_found_and_suggestions_name_who_it_may_be(town: None):
    with clock.at(SOON):
        data = {"what": "person", "name": "单天方", "category": "no_fixed_home", "landmark": "车站候车室"}
        code = find(by="W1", area=WEST, data=data)

    assert [(each.person.code, each.why.en) for each in suggestions(Found.objects.get(code=code))] == [("P3", "name sounds the same")]


def test_the_same_id_is_the_surest_suggestion_and_a_household_has_those_of_its_inmates(town: None):
    with clock.at(SOON):
        home = find(by="W1", area=EAST, data={"what": "household"})
        find(by="W1", area=EAST, data={"what": "person", "name": "无名", "id_no": id_no("19800101", 4), "household": home})

    assert [(each.person.code, each.score) for each in suggestions(Found.objects.get(code=home))] == [("P4", 100)]


def test_nobody_of_another_town_is_suggested(town: None):
    with clock.at(SOON):
        code = find(by="W1", area=WEST, data={"what": "person", "name": "邻人"})

    assert suggestions(Found.objects.get(code=code)) == []


def test_a_person_put_right_keeps_both_versions_and_is_found_by_the_new_name(town: None):
    with clock.at(SOON):
        amend_person("P6", {"id_no": id_no("19700101", 6), "name": "章三"}, by="W3", reason="对照证件")

    person = Person.objects.current().get(code="P6")
    assert (person.doubt, person.told()["name"], str(person.birth_date)) == ("", "章三", "1970-01-01")
    assert Person.objects.as_of(START).get(code="P6").doubt == "bad_id"
    assert search_persons("章三", Person.objects.current()) == [person]
    assert Event.objects.get(kind="registry.amended").told() == {"fields": ["id_no", "name"], "reason": "对照证件"}


@pytest.mark.parametrize(("text", "field"), [(id_no("19620702", 1), "id_no"), ("430102199001011234", "id_no")])
def test_an_id_that_is_somebodys_or_may_be_real_is_refused(town: None, text: str, field: str):
    with pytest.raises(Refused) as refused:
        amend_person("P6", {"id_no": text}, by="W3", reason="x")

    assert refused.value.field == field
    assert Person.objects.current().get(code="P6").doubt == "bad_id"


def test_who_moves_out_as_the_last_leaves_no_door_behind(town: None):
    with clock.at(SOON):
        amend_person("P3", {"household": "H1"}, by="W3", reason="同住")

    assert "H2" not in sweep().due


def test_a_household_moved_takes_its_people_with_it(town: None):
    with clock.at(SOON):
        amend_household("H1", {"area": EAST, "landmark": "桥头"}, by="W3", reason="划错村")

    assert {person.area for person in Person.objects.current().filter(household="H1")} == {EAST}
    assert Household.objects.current().get(code="H1").told() == {"address": "1组1号", "landmark": "桥头"}
    assert {person.area for person in Person.objects.as_of(START).filter(household="H1")} == {WEST}
