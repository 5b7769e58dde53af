"""What two descriptions have in common, and how sure it is: a table of pairs."""

import pytest

from closeknit.registry.linking.likeness import LIKELY, likeness
from closeknit.registry.linking.whom import Whom
from tests.town import EAST, WEST, id_no

ID, OTHER = id_no("19620702", 1), id_no("19990101", 44)
TWISTED = ID[:12] + ID[13] + ID[12] + ID[14:]
KNOWN = Whom("张建国", ID, "19900000001", "2组1号", WEST)

PAIRS = {
    "all the same": (KNOWN, True, ["same name", "same ID number", "same telephone", "same address"]),
    "traditional forms and a telephone": (Whom("張建國", phone="19900000001"), True, ["same name", "same telephone"]),
    "a homophone and a telephone": (Whom("章健国", phone="19900000001"), True, ["name sounds the same", "same telephone"]),
    "another character and a telephone": (Whom("张达国", phone="19900000001"), True, ["similar name", "same telephone"]),
    "two digits swapped": (Whom("张建国", TWISTED), True, ["same name", "ID number but for a digit or two"]),
    "a telephone but for a digit": (Whom("张建国", phone="19900000002"), True, ["same name", "telephone but for a digit"]),
    "a town before the address": (Whom("张建国", address="河口镇2组1号"), True, ["same name", "same address"]),
    "the address of another village": (Whom("张建国", address="2组1号", area=EAST), False, ["same name"]),
    "a name alone": (Whom("张建国"), False, ["same name"]),
    "a telephone alone": (Whom("王五", phone="19900000001"), False, ["same telephone"]),
    "another valid ID": (Whom("张建国", OTHER, "19900000001"), False, ["same name", "same telephone"]),
}  # fmt: skip


@pytest.mark.parametrize(("whom", "sure", "agrees"), PAIRS.values(), ids=PAIRS)
def test_lst_01_how_alike_two_descriptions_are(whom: Whom, sure: bool, agrees: list[str]):
    found = likeness(whom, KNOWN)

    assert (found.is_sure, [why.en for why in found.agrees]) == (sure, agrees)
    assert found.weight >= LIKELY, "a person decides where we are not sure"


@pytest.mark.parametrize("whom", [Whom("王五"), Whom("王五", OTHER), Whom("李建军", phone="19911111111"), Whom()])
def test_somebody_else_is_not_even_shown(whom: Whom):
    assert likeness(whom, KNOWN).weight < LIKELY


@pytest.mark.parametrize("written", ["SMITH JOHN", "Smith, John", "smith，john"])
def test_a_name_in_letters_is_the_same_whichever_of_its_words_comes_first(written: str):
    found = likeness(Whom(written, phone="19900000001"), Whom("John Smith", phone="19900000001"))

    assert (found.is_sure, [why.en for why in found.agrees]) == (True, ["same name, words in another order", "same telephone"])


@pytest.mark.parametrize("written", ["Smith Jane", "Smith", "Smith John Smith"])
def test_another_word_is_another_name(written: str):
    assert not likeness(Whom(written, phone="19900000001"), Whom("John Smith", phone="19900000001")).named


def test_words_in_another_order_and_a_home_are_for_a_person_to_decide():
    home = "2组1号"  # Wang Li and Li Wang may be two of one household

    found = likeness(Whom("Wang Li", address=home), Whom("Li Wang", address=home))

    assert (found.weight >= LIKELY, found.is_sure) == (True, False)
