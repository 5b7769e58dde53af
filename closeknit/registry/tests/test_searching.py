"""Finding people by what somebody in a hurry types."""

from pathlib import Path

import pytest

from closeknit.registry.importing import import_roster
from closeknit.registry.models import Person
from closeknit.registry.searching import search_persons
from closeknit.registry.tests.roster_files import csv_file
from tests.town import id_no

HEADINGS = ("人员编号", "户编号", "姓名", "身份证号", "所属村(社区)", "手机号")
NUMBER, OTHER = id_no("19510101", 31), id_no("19520202", 32)
DOUBTFUL = id_no("19530303", 33)[:-1] + ("2" if id_no("19530303", 33).endswith("1") else "1")
PEOPLE = (
    ("N1", "NH1", "單田芳", NUMBER, "西坪村", "13800138000"),
    ("N2", "NH1", "欧阳建国", OTHER, "西坪村", "13900139123;07431234567"),
    ("N3", "NH1", "张建国", DOUBTFUL, "西坪村", ""),
    ("N4", "NH2", "吕布", "", "西坪村", ""),
    ("N5", "NH2", "阿里木·买买提", "", "西坪村", ""),
)


@pytest.fixture
def people(town: None, tmp_path: Path) -> None:
    import_roster([csv_file(tmp_path / "名册.csv", PEOPLE, HEADINGS)], by="ben")


FOUND = {
    "a whole name": ("张建国", ["N3"]),
    "traditional for simplified": ("單田芳", ["N1", "P3"]),
    "simplified for traditional": ("单田芳", ["N1", "P3"]),
    "a surname": ("欧阳", ["N2"]),
    "a surname of one character": ("吕", ["N4"]),
    "a given name": ("建国", ["N3", "N2"]),
    "three of four characters": ("阳建国", ["N2"]),
    "four characters": ("欧阳建国", ["N2"]),
    "characters that stand in no order": ("国建", []),
    "pinyin in full": ("shantianfang", ["N1", "P3"]),
    "pinyin with a gap and capitals": ("Shan Tianfang", ["N1", "P3"]),
    "pinyin of the surname": ("ouyang", ["N2"]),
    "pinyin of the given name": ("jianguo", ["N3", "N2"]),
    "pinyin that breaks off": ("ouyangjia", ["N2"]),
    "pinyin of nobody": ("zhangwei", []),
    "initials": ("oyjg", ["N2"]),
    "ü as it is spoken": ("lübu", ["N4"]),
    "ü as it is typed": ("lvbu", ["N4"]),
    "a name without its dot": ("阿里木买买提", ["N5"]),
    "the part behind the dot": ("买买提", ["N5"]),
    "the last four of an ID": (NUMBER[-4:], ["N1"]),
    "the last five of an ID": (NUMBER[-5:], ["N1"]),
    "the last six of an ID": (NUMBER[-6:], ["N1"]),
    "a whole ID": (NUMBER, ["N1"]),
    "a small x": (NUMBER[-6:].lower(), ["N1"]),
    "full-width digits": ("３８０００", ["N1"]),
    "the last four of a phone": ("8000", ["N1"]),
    "a phone with gaps": ("138 0013-8000", ["N1"]),
    "a phone with +86": ("+86 138 0013 8000", ["N1"]),
    "a second phone": ("4567", ["N2"]),
    "too few digits": ("380", []),
    "other digits before the last four": ("998000", []),
    "nothing": ("  ", []),
}


@pytest.mark.parametrize(("query", "codes"), FOUND.values(), ids=FOUND)
def test_a_person_is_found_by(people: None, query: str, codes: list[str]):
    assert [person.code for person in search_persons(query, Person.objects.current())] == codes


def test_the_end_of_a_doubtful_id_finds_its_bearer(people: None):
    assert [person.code for person in search_persons(DOUBTFUL[-6:], Person.objects.current())] == ["N3"]


def test_nobody_outside_the_given_rows_is_found(people: None):
    assert search_persons("单田芳", Person.objects.current().filter(code="N9")) == []
