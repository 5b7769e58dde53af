"""What the cells of a row say of a person."""

import datetime

import pytest

from closeknit.kit.citizen_id import read
from closeknit.registry.roster.person import category, day, person, phones, sex, yes_or_no
from closeknit.registry.tests.roster_files import ID_ANA


@pytest.mark.parametrize(
    "text",
    [
        "1962-07-02",
        "１９６２／７／２",
        "1962.7.2",
        "1962年7月2日",
        "19620702",
        "22829",
        "22829.0",
        "1962-07-02 00:00:00",
        "１９６２－０７－０２",
    ],
)
def test_a_day_is_read_as_tables_write_it(text: str) -> None:
    assert day(text) == datetime.date(1962, 7, 2)


@pytest.mark.parametrize("text", ["", "1962", "1962.12", "196207", "1962-13-02", "不详", "7", "990000", "1962年7月"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("19900385308", "19900385308"),
        ("86-19900385308", "19900385308"),
        ("+86 19900385308", "19900385308"),
        ("1990 038 5308", "19900385308"),
        ("１９９００３８５３０８", "19900385308"),
        ("19900385308；19900385309", "19900385308;19900385309"),
        ("(0832)2274136", "08322274136"),
        ("无", ""),
        ("", ""),
    ],
)
def test_a_phone_is_kept_as_it_is_dialled(text: str, dialled: str) -> None:
    assert phones(text) == dialled


def test_flags_sexes_and_categories() -> None:
    assert [yes_or_no(text) for text in ("是", "1", "重点", "TRUE", "否", "0", "无", "", "不详")] == [True] * 4 + [False] * 3 + [None] * 2
    assert [sex(text) for text in ("男", "2", "女性", "F", "")] == ["m", "f", "f", "f", ""]
    assert [category(text) for text in ("常住", "流动", "外来常住", "途经", "无固定住所", "其他")] == [
        "resident", "non_local", "non_local", "passing", "no_fixed_home", "",
    ]  # fmt: skip


def test_the_address_is_put_together_and_the_sex_column_goes_before_the_id() -> None:
    cells = {"building": "1号楼", "door": "1单元101", "sex": "男", "key": "是", "key_categories": "独居，残疾", "immobile": "是"}

    made = person(cells, read(ID_ANA), code="P1", household="H1", area="A1", name="张三")

    assert (made.address, made.sex, made.key, made.key_categories, made.immobile) == ("1号楼1单元101", "m", True, ("独居", "残疾"), True)
    assert made.living_alone is None
