"""A text for many names nobody."""

import pytest

from closeknit.registry.reading.personal import findings
from tests.town import EAST, TOWN, WEST

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("西坪村 3、东岭村 2，合计 5", []), ("请联系19900000001", ["19900000001"]), ("请联系 199 0000 0001", ["199 0000 0001"]),
        ("全角１９９０００００００１", ["19900000001"]), ("990000198001010014", ["990000198001010014"]),
        ("99000019800101001X", ["99000019800101001X"]),
        ("应访 13812 户", []), ("车牌湘A12345", ["湘A12345"]), ("请卢兰利今晚做核酸", ["卢兰利"]), ("尉迟恭未访", ["尉迟恭"]),
        ("张三家", ["张三"]),
        ("田芳", []), ("共12345678901234567890号", []), ("記 盧蘭利", ["盧蘭利"]),
    ],
)  # fmt: skip
def test_every_piece_that_is_about_a_person_is_found_and_named(town: None, text: str, pieces: list[str]):
    assert [each.piece for each in findings(text, TOWN)] == pieces


def test_names_of_another_area_are_not_told(town: None):
    assert findings("喆𬱖", EAST) and not findings("喆𬱖", WEST)


def test_a_village_that_is_called_like_somebody_is_no_finding(town: None):
    assert findings("张三村", TOWN) and not findings("张三村", TOWN, ["张三村"])


def test_a_long_text_takes_few_statements(town: None, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        findings("各村请抓紧落实，今日十七时前完成。" * 60, TOWN)
