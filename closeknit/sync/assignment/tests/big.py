"""A village as large as they come, for size and speed."""

import csv
from collections.abc import Iterator
from pathlib import Path

from closeknit.kit import clock
from closeknit.registry.importing import import_roster
from tests.town import START, id_no

HEADINGS = ("人员编号", "户编号", "所属网格", "姓名", "身份证号码", "性别", "手机号", "详细门牌", "人员类别", "与户主关系")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰云建国文"
RELATIONS = ("户主", "配偶", "子", "女", "母亲", "父亲")


def people(households: int, persons: int, area: str) -> Iterator[tuple[str, ...]]:
    """So many persons in so many households, a row each as rosters have them."""
    for number in range(persons):
        home, place = number % households, number // households
        name = SURNAMES[number % len(SURNAMES)] + GIVEN[number * 7 % len(GIVEN)] + GIVEN[(number * 13 + place) % len(GIVEN)]
        born = f"{1930 + number % 88}{number % 12 + 1:02d}{number % 28 + 1:02d}"
        phone = f"199{(number * 7919 + 12345678) % 100_000_000:08d}" if number % 4 else ""
        street, unit, flat = home // 40 + 1, home % 4 + 1, f"{home // 4 % 5 + 1}0{home % 3 + 1}"
        door = f"团结路{street}号{home // 20 % 2 + 1}栋{unit}单元{flat}"
        row = (f"B{home:04d}-{place + 1}", f"B{home:04d}", area, name, id_no(born, number % 999), "男女"[number % 2], phone, door)
        yield (*row, "常住", RELATIONS[place % 6])


def fill(folder: Path, area: str, *, households: int, persons: int) -> None:
    """Brings so many people into an area of the register."""
    path = folder / f"big-{households}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADINGS, *people(households, persons, area)])
    with clock.at(START):
        import_roster([path], by="test")
