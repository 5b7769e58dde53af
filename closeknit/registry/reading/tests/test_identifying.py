"""Who a list's rows mean: by ID, by name with something else that agrees, in doubt; never by a name alone."""

import pytest

from closeknit.registry.models import Person
from closeknit.registry.reading.identifying import Whom, identify
from tests.town import EAST, WEST, id_no

pytestmark = pytest.mark.django_db
P1 = id_no("19620702", 1)

CASES = {
    "a valid ID and the name": (Whom("卢兰利", P1), "exact", ["P1"]),
    "a valid ID without a name": (Whom("", P1), "exact", ["P1"]),
    "the name in traditional forms": (Whom("盧蘭利", P1), "exact", ["P1"]),
    "somebody else's name with the ID": (Whom("王五", P1), "doubtful", ["P1"]),
    "name and telephone": (Whom("单田芳", phone="+86 199 0000 0003"), "folded", ["P3"]),
    "the name by its sound, and telephone": (Whom("山田方", phone="19900000003"), "folded", ["P3"]),
    "name and address": (Whom("尉迟恭", address="河口镇西坪村2组1号"), "folded", ["P4"]),
    "name and address in another village": (Whom("尉迟恭", address="2组1号", area=EAST), "doubtful", ["P4"]),
    "an ID that a spreadsheet cut": (Whom("单田芳", f"{P1[0]}.{id_no('19420214', 3)[1:15]}E+17"), "folded", ["P3"]),
    "a name alone": (Whom("单田芳", area=WEST), "doubtful", ["P3"]),
    "a telephone alone": (Whom("王五", phone="19900000003"), "doubtful", ["P3"]),
    "name and telephone against a valid ID of another": (
        Whom("单田芳", id_no("19990101", 44), "19900000003"), "doubtful", ["P3"],
    ),
    "nobody": (Whom("王五", id_no("19990101", 44)), "none", []),
    "nothing": (Whom(), "none", []),
}  # fmt: skip


@pytest.mark.parametrize(("whom", "how", "codes"), CASES.values(), ids=CASES)
def test_who_a_row_means(town: None, whom: Whom, how: str, codes: list[str]):
    (found,) = identify([whom], Person.objects.current())

    assert (found.how, [person.code for person in found.persons]) == (how, codes)


def test_lst_01_many_rows_cost_as_many_statements_as_one(town: None, django_assert_max_num_queries):
    whoms = [whom for whom, _, _ in CASES.values()]

    with django_assert_max_num_queries(5):
        found = identify(whoms * 50, Person.objects.current())

    assert [each.how for each in found] == [how for _, how, _ in CASES.values()] * 50


def test_nobody_outside_those_asked_for_is_found(town: None):
    (found,) = identify([Whom("卢兰利", P1)], Person.objects.current().filter(area=EAST))

    assert found.how == "none"
