"""The chain sign-up, as text tables: what a line says, and what a chain comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeknit.measures.chains.chain import Reading, Why, read_chain
from closeknit.measures.chains.line import Act, Words, read
from closeknit.measures.supplies.doors import Doors, number, plain
from closeknit.measures.supplies.kinds import standard_words

WORDS = Words.of(standard_words())
DOORS = Doors.of(
    [
        ("A", "团结路46号1栋1单元102"), ("B", "1栋2单元102"), ("C", "2栋2单元201"), ("D", "33栋1单元602"), ("E", "52号楼1单元502"),
        ("F", "和平里125号1巷2号"), ("G", "164号1组2号"), ("H", "A栋1单元1502"),
    ]
)  # fmt: skip


def reads(text: str) -> Reading:
    return read_chain(text, DOORS, WORDS)


@pytest.mark.parametrize(
    ("said", "packs"),
    [
        ("33栋1单元602 菜包一份 米油套餐三份 谢谢", {"vegetable": 1, "oil_rice": 3}),
        ("３３栋１单元６０２　蔬菜包２份", {"vegetable": 2}),
        ("33幢1单元602室 肉包x2", {"meat": 2}),
        ("33号楼1单元602 肉类包*3，不要香菜", {"meat": 3}),
        ("33#1单元602青菜包1", {"vegetable": 1}),
        ("33-1-602水果两份", {"fruit": 2}),
        ("33－1－602 水果＋2", {"fruit": 2}),
        ("三十三栋一单元六〇二 水果俩", {"fruit": 2}),
        ("33栋602 2份菜包 1份肉包", {"vegetable": 2, "meat": 1}),
        ("33-602 菜包、肉包各2份", {"vegetable": 2, "meat": 2}),
        ("33#1-602 菜2 肉1", {"vegetable": 2, "meat": 1}),
        ("33栋1单元602 粮油包", {"oil_rice": 1}),
        ("33棟1單元602 蔬菜包兩份", {"vegetable": 2}),
        ("菜包壹份 33栋1单元602", {"vegetable": 1}),
        ("⑫33栋1单元602 菜包十份", {"vegetable": 10}),
        ("7、33栋1单元602 张三 13800000000 菜包1份🌹🌹", {"vegetable": 1}),
    ],
)
def test_a_line_is_read_however_it_is_written(said: str, packs: dict[str, int]):
    found = reads(said)

    assert (found.orders, found.look_at) == ({"D": packs}, [])


@pytest.mark.parametrize(
    ("said", "household"),
    [
        ("1巷2号 菜包1份", "F"),
        ("1组2号 菜包1份", "G"),
        ("A栋1单元1502 菜包1份", "H"),
        ("3. 2-2-201 菜包1份", "C"),
        ("5.52-1-502 菜包1", "E"),
    ],
)
def test_doors_of_hamlets_lanes_and_lettered_buildings(said: str, household: str):
    assert reads(said).orders == {household: {"vegetable": 1}}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("20. 99栋1单元101 蔬菜包1份", Why.UNKNOWN_DOOR),
        ("21. 我家也要两份水果", Why.NO_DOOR),
        ("我家也要两份水果", Why.NO_DOOR),
        ("22. 33-1-602 老样子", Why.UNREAD),
        ("1栋102 菜包1份", Why.SEVERAL),
        ("33栋1单元602和52栋1单元502 菜包1份", Why.SEVERAL),
        ("33栋1单元602 菜包1份 鸡蛋2份", Why.UNREAD),
        ("33栋1单元602 菜包 肉包2份", Why.UNREAD),
        ("33栋1单元602 菜包0份", Why.UNREAD),
        ("33栋1单元602 菜包-2份", Why.UNREAD),
        ("33栋1单元602 菜包100份", Why.UNREAD),
        ("33栋1单元602 菜包2斤", Why.UNREAD),
        ("33栋1单元602改成蔬菜包3份", Why.NOTHING_ORDERED),
        ("33栋1单元602 取消", Why.NOTHING_ORDERED),
        ("5. 收到", Why.NO_DOOR),
    ],
)
def test_what_is_not_certain_is_looked_at_and_never_guessed(said: str, why: Why):
    found = reads(said)

    assert (found.orders, [(look.line.number, look.why) for look in found.looks]) == ({}, [(1, why)])


@pytest.mark.parametrize(
    "said",
    ["", "大家不要下楼", "今天几点送？", "辛苦了🌹🌹", "哈哈哈 我家猫也想要一份", "@所有人 请接龙", "明天还有水果吗",
     "#接龙 生活物资预订", "收到", "例：33栋1单元602 菜包1份", "33栋1单元602的菜到了吗"],
)  # fmt: skip
def test_talk_is_passed_over(said: str):
    found = reads(said)

    assert (found.orders, found.look_at) == ({}, [])


FIRST = "1. 33栋1单元602 菜包1份\n2. 52栋1单元502 菜包2份 肉包1份\n"


@pytest.mark.parametrize(
    ("then", "orders", "look_at"),
    [
        ("33-1-602改成肉包3份", {"D": {"meat": 3}, "E": {"vegetable": 2, "meat": 1}}, []),
        ("33-1-602改成3份", {"D": {"vegetable": 3}, "E": {"vegetable": 2, "meat": 1}}, []),
        ("52#1单元502改成蔬菜包3份", {"D": {"vegetable": 1}, "E": {"vegetable": 2, "meat": 1}}, [3]),
        ("52#1单元502改成蔬菜包3份 肉包2份", {"D": {"vegetable": 1}, "E": {"vegetable": 3, "meat": 2}}, []),
        ("52栋 1单元 502室 取消", {"D": {"vegetable": 1}}, []),
        ("52栋1单元502 肉包不要了", {"D": {"vegetable": 1}, "E": {"vegetable": 2}}, []),
        ("33-1-602再加一份", {"D": {"vegetable": 2}, "E": {"vegetable": 2, "meat": 1}}, []),
        ("33-1-602再加一份水果", {"D": {"vegetable": 1, "fruit": 1}, "E": {"vegetable": 2, "meat": 1}}, []),
        ("52-1-502再加一份", {"D": {"vegetable": 1}, "E": {"vegetable": 2, "meat": 1}}, [3]),
        ("3. 33#1单元602 菜包1份", {"D": {"vegetable": 1}, "E": {"vegetable": 2, "meat": 1}}, []),
        ("3. 33#1单元602 菜包2份", {"D": {"vegetable": 1}, "E": {"vegetable": 2, "meat": 1}}, [3]),
        ("3. 52#1单元502 菜包2份", {"D": {"vegetable": 1}, "E": {"vegetable": 2, "meat": 1}}, [3]),
        ("33-1-602取消\n3. 33#1单元602 菜包1份", {"D": {"vegetable": 1}, "E": {"vegetable": 2, "meat": 1}}, []),
    ],
)
def test_changes_withdrawals_additions_and_repetitions(then: str, orders: dict[str, dict[str, int]], look_at: list[int]):
    found = reads(FIRST + then)

    assert (found.orders, found.look_at) == (orders, look_at)


GROWN = "#接龙 预订\n1. 33-1-602 菜包1份\n2. 52-1-502 肉包1份\n"


@pytest.mark.parametrize(
    ("again", "orders", "look_at"),
    [
        ("#接龙 预订\n1. 33-1-602 菜包3份\n2. 52-1-502 肉包1份\n3. 2-2-201 水果1份",
         {"D": {"vegetable": 3}, "E": {"meat": 1}, "C": {"fruit": 1}}, []),
        ("1. 2-2-201 菜包1份\n2. 52-1-502 肉包1份", {"C": {"vegetable": 1}, "E": {"meat": 1}}, []),
        ("#接龙 预订\n1. 33-1-602 菜包1份\n2. 2-2-201 水果1份", {"D": {"vegetable": 1}, "E": {"meat": 1}, "C": {"fruit": 1}}, [3]),
        ("#接龙 预订\n1. 33-1-602 菜包1份", {"D": {"vegetable": 1}, "E": {"meat": 1}}, []),
        ("#接龙 预订\n1. 52-1-502 肉包1份\n2. 2-2-201 水果1份",
         {"D": {"vegetable": 1}, "E": {"meat": 1}, "C": {"fruit": 1}}, [2]),
    ],
    ids=["an edited quantity", "an edited door", "another line in its place", "a copy that stayed short", "a line that is gone"],
)  # fmt: skip
def test_a_chain_pasted_again_with_edits(again: str, orders: dict[str, dict[str, int]], look_at: list[int]):
    found = reads(GROWN + again)

    assert (found.orders, found.look_at) == (orders, look_at)


LINES = st.lists(
    st.sampled_from(
        [
            "33-1-602 菜包1份", "33栋1单元602改成肉包2份", "2-2-201 水果两份", "2-2-201 取消", "52-1-502再加一份菜包",
            "1-1-102 老样子", "99-1-101 菜包1份", "辛苦了",
        ]
    ),
    min_size=1,
    max_size=9,
)  # fmt: skip


@given(LINES, st.lists(st.integers(0, 10), max_size=6))
def test_pastes_of_the_chain_as_it_grew_give_what_the_whole_gives(said: list[str], lengths: list[int]):
    chain = ["#接龙 预订", *(f"{number}. {line}" for number, line in enumerate(said, 1))]
    copies = ["\n".join(chain[: length + 1]) for length in lengths] + ["\n".join(chain)]

    whole, together = reads(copies[-1]), reads("\n".join(copies))

    assert together.orders == whole.orders
    before = sum(copy.count("\n") + 1 for copy in copies[:-1])
    assert together.look_at == [before + number for number in whole.look_at]


@pytest.mark.parametrize(
    ("run", "value"), [("十", 10), ("十二", 12), ("三十", 30), ("一百零二", 102), ("六〇二", 602), ("俩", 2), ("壹", 1)]
)
def test_chinese_numerals(run: str, value: int):
    assert number(run) == value


def test_signs_are_folded():
    assert plain("Ａ棟－１　×２ ③") == "a栋-1 x2 3."


def test_a_line_says_its_act():
    assert [
        read(1, said, WORDS).act for said in ("33-1-602 菜包1份", "33-1-602 改成菜包1份", "33-1-602 不要了", "33-1-602 追加菜包1份")
    ] == list(Act)
