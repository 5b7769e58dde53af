"""Made-up people of a made-up county as rosters write them, and lists that name some of them badly; the same seed gives the same of both.

Names follow the frequencies of Chinese surnames; IDs begin with 99, telephones with 199. A list's row knows whom it means.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

COUNTY, TOWN = "990101", "990101101"
HOMES_OF_A_VILLAGE = 1000
HEADINGS = ("序号", "姓名", "性别", "身份证号", "联系电话", "所属村(社区)", "现住址", "与户主关系", "人员类别", "备注")

# Per ten thousand people (Ministry of Public Security, report on names 2020, rounded); the rest share what is left.
SURNAMES = {
    "王": 710, "李": 700, "张": 670, "刘": 520, "陈": 450, "杨": 310, "黄": 230, "赵": 220, "吴": 190, "周": 190, "徐": 140, "孙": 140,
    "马": 130, "朱": 125, "胡": 120, "郭": 115, "何": 110, "林": 110, "高": 100, "罗": 95, "郑": 90, "梁": 85, "谢": 75, "宋": 70,
    "唐": 65, "许": 60, "韩": 65, "邓": 60, "冯": 60, "曹": 58, "彭": 55, "曾": 55, "肖": 55, "田": 50, "董": 50, "潘": 48, "袁": 46,
    "蔡": 45, "蒋": 45, "余": 45, "于": 45, "杜": 43, "叶": 42, "程": 42, "魏": 42, "苏": 40, "吕": 40, "丁": 38, "任": 37, "卢": 36,
    "姚": 35, "沈": 34, "钟": 34, "姜": 33, "崔": 32, "谭": 32, "陆": 31, "范": 31, "汪": 30, "廖": 30, "石": 28, "金": 28, "韦": 26,
    "贾": 26, "夏": 25, "付": 25, "方": 24, "邹": 24, "熊": 23, "白": 22, "孟": 22, "秦": 21, "邱": 21, "侯": 20, "江": 20, "尹": 20,
    "薛": 20, "闫": 19, "雷": 18, "龙": 18, "史": 17, "贺": 17, "陶": 16, "顾": 16, "毛": 16, "郝": 16, "龚": 15, "邵": 15, "万": 14,
    "覃": 14, "武": 14, "钱": 13, "戴": 13, "严": 13, "莫": 12, "孔": 12, "向": 12, "常": 12, "章": 10, "欧阳": 8, "单": 5, "尉迟": 2,
}  # fmt: skip
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玲建国红梅兰萍云林斌波辉鹏飞浩宇俊峰鑫雪琴燕玉珍凤翠莲香月美荣春生福贵海江山河清"
    "东南北金银宝玲珑慧颖婷欣怡佳琪思雨子轩梓涵浩然博文嘉诚志远天宇晓光永康长顺德才发财旺富礼义仁信忠孝良善和安康宁泰祥瑞庆余盛茂"
)
ROADS = ("沿河路", "解放街", "团结路", "中正街", "太平街", "新建路", "人民路", "码头巷", "学府路", "桥头街")
RELATIONS = ("户主", "配偶", "子", "女", "父", "母", "孙", "其他")
CATEGORIES = ("常住", "常住", "常住", "流动", "暂住")


@dataclass(frozen=True)
class Somebody:
    """A person as they are."""

    number: int
    name: str
    sex: str
    id_no: str
    phone: str
    village: int
    address: str


def villages(persons: int) -> list[tuple[str, str]]:
    """Code and name of the villages in which so many live, three in a household on average."""
    return [(f"{TOWN}{number:03d}", f"第{number}村") for number in range(1, persons // (3 * HOMES_OF_A_VILLAGE) + 3)]


def areas(persons: int) -> list[tuple[str, str, str, str]]:
    """Code, parent, name and level of the county's areas."""
    top = [("99", "", "试验省", "province"), ("9901", "99", "试验州", "prefecture"), (COUNTY, "9901", "试验县", "county")]
    return [*top, (TOWN, COUNTY, "河口镇", "township"), *((code, TOWN, name, "village") for code, name in villages(persons))]


def people(persons: int, *, seed: int = 1) -> Iterator[Somebody]:
    """So many people, one to five of them in a household."""
    from closeknit.kit.citizen_id import check_digit

    chance, surnames, weights = random.Random(seed), *map(list, zip(*SURNAMES.items(), strict=True))
    named = chance.choices(surnames, weights, k=persons)
    home, left, first = -1, 0, date(1930, 1, 1)
    for number, surname in enumerate(named):
        if not left:
            home, left = home + 1, chance.choice((1, 2, 3, 3, 3, 4, 5))
        left -= 1
        given = "".join(chance.choices(GIVEN, k=1 if chance.random() < 0.17 else 2))
        born = first + timedelta(days=chance.randrange(33_000))
        stem = f"99{number // 1000 % 10_000:04d}{born:%Y%m%d}{number % 1000:03d}"
        village, place = divmod(home, HOMES_OF_A_VILLAGE)
        address = f"{ROADS[place % 10]}{place // 10 + 1}号{home % 6 + 1}栋{home % 4 + 1}单元{home % 7 + 1}0{home % 3 + 1}室"
        phone = f"199{chance.randrange(10**8):08d}" if chance.random() < 0.8 else ""
        yield Somebody(number, surname + given, "男" if int(stem[16]) % 2 else "女", stem + check_digit(stem), phone, village, address)


def roster(persons: int, *, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """The rows of a roster as towns hand it in: of a hundred rows two bear no ID, one a wrong one, one stands there twice, one bears a
    name in traditional forms or full width, one of two hundred no name, one of two hundred a village that nobody knows."""
    chance, known, line = random.Random(seed + 1), villages(persons), 0
    for each in people(persons, seed=seed):
        fate = chance.random()
        id_no = "" if fate < 0.02 else each.id_no[:-2] + each.id_no[:-3:-1] if fate < 0.03 else each.id_no
        name = "" if 0.03 < fate < 0.035 else each.name
        name = traditional(name) if 0.05 < fate < 0.06 else name
        village = "查无此村" if 0.035 < fate < 0.04 else known[each.village][1]
        for _ in range(2 if 0.04 < fate < 0.05 else 1):
            line += 1
            yield (
                str(line), name, each.sex, id_no, each.phone, village, each.address, RELATIONS[line % 8], CATEGORIES[line % 5], "",
            )  # fmt: skip


def traditional(name: str) -> str:
    """The name as somebody from outside writes it."""
    return "".join(TRADITIONAL.get(character, character) for character in name)


TRADITIONAL = dict(
    zip(
        "张刘陈杨黄赵吴马罗郑谢许韩邓冯肖蒋叶苏吕卢钟谭陆邹贾闫龙贺顾郝龚万单尉军华国兰云东宝红丽艳静杰强伟庆轩诚远飞鹏凤银颖晓长发财荣义",
        "張劉陳楊黃趙吳馬羅鄭謝許韓鄧馮肖蔣葉蘇呂盧鍾譚陸鄒賈閆龍賀顧郝龔萬單尉軍華國蘭雲東寶紅麗艷靜傑強偉慶軒誠遠飛鵬鳳銀穎曉長發財榮義",
        strict=True,
    )
)

HOMOPHONES = (
    "张章",
    "伟玮炜",
    "志智致",
    "建健",
    "华桦",
    "丽莉",
    "明铭",
    "玉钰",
    "国果",
    "文雯",
    "静婧",
    "轩萱",
    "浩昊",
    "军君",
    "余于",
    "梁良",
)


@dataclass(frozen=True)
class Pushed:
    """A row of a pushed list, and the number of whom it means; None: nobody of the register."""

    means: int | None
    name: str
    id_no: str
    phone: str
    address: str


def pushed(known: list[Somebody], others: list[Somebody], *, rows: int, seed: int = 3) -> Iterator[Pushed]:
    """Rows as they come from above. One of ten means nobody of the register. Of a hundred names 5 are homophones, 3 have a character that
    is another, 2 are in traditional forms; of a hundred IDs 15 are missing, 6 have a digit that is another or two that are swapped, 2
    were cut by a spreadsheet; of a hundred telephones 15 are missing and 12 are old ones, 3 have a wrong digit; 15 addresses are missing
    and 5 are others."""
    chance = random.Random(seed)
    for _ in range(rows):
        meant = chance.random() >= 0.1
        who = chance.choice(known if meant else others)
        yield Pushed(
            who.number if meant else None, _misheard(who.name, chance), _miswritten(who.id_no, chance), _misdialled(who.phone, chance),
            _lives(who.address, chance),
        )  # fmt: skip


def _misheard(name: str, chance: random.Random) -> str:
    fate = chance.random()
    if fate < 0.05:
        for alike in HOMOPHONES:
            at = next((place for place, character in enumerate(name) if character in alike), None)
            if at is not None:
                return name[:at] + chance.choice(alike.replace(name[at], "")) + name[at + 1 :]
    if 0.05 <= fate < 0.08:
        at = chance.randrange(1, len(name))
        return name[:at] + chance.choice(GIVEN) + name[at + 1 :]
    return traditional(name) if fate > 0.98 else name


def _miswritten(id_no: str, chance: random.Random) -> str:
    fate, at = chance.random(), chance.randrange(6, 16)
    if fate < 0.15:
        return ""
    if fate < 0.18:
        return id_no[:at] + str((int(id_no[at]) + chance.randrange(1, 10)) % 10) + id_no[at + 1 :]
    if fate < 0.21:
        return id_no[:at] + id_no[at + 1] + id_no[at] + id_no[at + 2 :]
    return f"{id_no[0]}.{id_no[1:15]}E+17" if fate < 0.23 else id_no


def _misdialled(phone: str, chance: random.Random) -> str:
    fate = chance.random()
    if fate < 0.15 or not phone:
        return ""
    if fate < 0.27:
        return f"199{chance.randrange(10**8):08d}"
    at = chance.randrange(3, 11)
    return phone[:at] + str((int(phone[at]) + 1) % 10) + phone[at + 1 :] if fate < 0.3 else phone


def _lives(address: str, chance: random.Random) -> str:
    fate = chance.random()
    if fate < 0.15:
        return ""
    return f"{chance.choice(ROADS)}{chance.randrange(1, 90)}号{chance.randrange(1, 9)}栋101室" if fate < 0.2 else f"河口镇{address}"
