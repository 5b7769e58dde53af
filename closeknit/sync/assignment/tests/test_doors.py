"""What an address says of a door, and what it leaves open."""

import pytest

from closeknit.sync.assignment.doors import NOWHERE, Door, door

HOUSES = """
团结路46号1栋1单元102     团结路46号1栋  1  1   102
和平里194号2栋1单元603    和平里194号2栋 1  6   603
1号楼1单元101             1号楼          1  1   101
１号楼１单元１０１        1号楼          1  1   101
12幢3单元1203室           12幢           3  12  1203
A座1203                   A座            -  12  1203
ａ座1203Ｂ                A座            -  12  1203B
B2栋302房                 B2栋           -  3   302
3#楼2单元501户            3#楼           2  5   501
3＃501                    3#             -  5   501
3-2-501                   3              2  5   501
3—2—501室                 3              2  5   501
幸福小区3-2-501           幸福小区3      2  5   501
3栋-2单元-501             3栋            2  5   501
三栋二单元501             3栋            2  5   501
十二栋一单元1101          12栋           1  11  1101
3栋2单元5楼501            3栋            2  5   501
3栋2单元5层2号            3栋            2  5   2
3栋2单元2号               3栋            2  -   2
05栋02单元301             05栋           2  3   301
"""
VILLAGES = """
1组2号            1   2
老街108号1组20号  1   20
解放街47号4组3号  4   3
第三组12号        3   12
三组              3   -
十二组7号         12  7
3村民小组5号      3   5
3小组5            3   5
3组12-1号         3   12-1
0３组４号         3   4
"""
ANYTHING_ELSE = (
    "", "  ", "大樟树旁", "和平里125号1巷2号", "团结路46号", "3-501", "1-3-2-501", "2022-3-2-501", "501室", "5楼", "1栋", "1栋2单元",
    "3栋2单元4楼501", "3栋12345", "1栋或2栋3单元", "3组大樟树旁", "3组2号后面", "组2号", "栋单元室", "1234组5号", "渡口3组船",
    "3栋2单元001", "3栋2单元501旁", "1栋101、102", "第组",
)  # fmt: skip


def table(text: str) -> list[list[str]]:
    return [[cell.replace("-", "", 1) if cell == "-" else cell for cell in line.split()] for line in text.strip().splitlines()]


@pytest.mark.parametrize(("address", "building", "unit", "floor", "flat"), table(HOUSES))
def test_a_flat_in_a_house(address: str, building: str, unit: str, floor: str, flat: str):
    assert door(address) == Door(building=building, unit=unit, floor=floor, flat=flat)


@pytest.mark.parametrize(("address", "group", "flat"), table(VILLAGES))
def test_a_house_of_a_villages_group(address: str, group: str, flat: str):
    assert door(address) == Door(group=group, flat=flat)


@pytest.mark.parametrize("address", ANYTHING_ELSE)
def test_where_an_address_does_not_fit_nothing_is_guessed(address: str):
    assert door(address) == NOWHERE


def test_a_very_long_address_is_answered_at_once():
    assert door("1栋" * 20_000) == NOWHERE
    assert door("1-" * 20_000) == NOWHERE
