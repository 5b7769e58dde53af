"""Which area a row means."""

import pytest

from closeknit.registry.roster.places import AreaIndex
from closeknit.registry.tests.roster_files import AREAS, OTHER, VILLAGE

INDEX = AreaIndex(AREAS)


@pytest.mark.parametrize(
    ("row", "area", "cause"),
    [
        ({"village": "麻垅村"}, VILLAGE, ""),
        ({"village": "麻壟村(cūn)"}, VILLAGE, ""),
        ({"village": "麻垅村村民委员会"}, VILLAGE, ""),
        ({"grid": VILLAGE}, VILLAGE, ""),
        ({"village": f"{VILLAGE}.0"}, VILLAGE, ""),
        ({"grid": f"{VILLAGE}-g01"}, f"{VILLAGE}-G01", ""),
        ({"village": "无名村"}, "", "nowhere"),
        ({"village": "无名村", "sheet": "麻垅村", "township": "浦市镇"}, "", "nowhere"),
        ({"grid": "无名村"}, "", "nowhere"),
        ({"village": "高桥村"}, "", "several"),
        ({"village": "高桥村", "township": "达岚镇"}, "433122109224", ""),
        ({"village": "高桥村", "township": "无名镇"}, "", "several"),
        ({"grid": "第一网格"}, "", "several"),
        ({"grid": "第一网格", "village": "庄尚村"}, f"{OTHER}-G01", ""),
        ({"grid": "第七网格", "village": "庄尚村"}, OTHER, ""),
        ({"grid": "麻垅村", "village": "麻垅村"}, VILLAGE, ""),
        ({"grid": f"{VILLAGE}-G01", "village": "庄尚村"}, "", "apart"),
        ({"village": "麻垅村", "township": "达岚镇"}, "", "apart"),
        ({"township": "浦市镇"}, "433122108", ""),
        ({"sheet": "麻垅村"}, VILLAGE, ""),
        ({"sheet": "12、麻垅村 (2)"}, VILLAGE, ""),
        ({"sheet": f"a-{VILLAGE}"}, VILLAGE, ""),
        ({"sheet": "Sheet1"}, "", "empty"),
        ({"sheet": "高桥村", "township": "浦市镇"}, "433122108224", ""),
        ({}, "", "empty"),
    ],
)
def test_a_row_is_placed(row: dict[str, str], area: str, cause: str) -> None:
    assert INDEX.place(**row) == (area, cause)
