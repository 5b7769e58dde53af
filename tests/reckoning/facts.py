"""The county of the reckonings: the small county with more people, doors and places; what its register knows, as plain tables."""

from collections.abc import Iterator

from tests.town import AREAS, EAST, GRID, OTHER_VILLAGE, PLACES, ROSTER, WEST

PARENTS = {code: parent for code, parent, _, _ in AREAS}
_NAMES = {name: code for code, _, name, _ in AREAS}

# person, household, area, living alone, immobile, categories as written, category
MORE_PEOPLE = (
    ("Q1", "J1", "西坪村", "是", "", "", ""),
    ("Q2", "J1", "西坪村", "", "", "低保，残疾人", ""),
    ("Q3", "J2", "西坪村第1网格", "", "是", "", ""),
    ("Q4", "J3", "西坪村第1网格", "", "", "空巢老人", ""),
    ("Q5", "J4", "东岭村", "", "", "失能", ""),
    ("Q6", "J4", "东岭村", "", "", "无智能手机", ""),
    ("Q7", "J5", "东岭村", "", "", "", "居无定所"),
    ("Q8", "J6", "东岭村", "", "", "", ""),
)
ID_LENGTH = 18
HEADINGS = ("人员编号", "户编号", "所属网格", "是否独居", "是否行动不便", "重点类别", "人员类别", "姓名", "身份证号码", "详细门牌")
MORE_PLACES = (
    ("ISO1", "isolation_site", "镇隔离点", WEST, "", "", "", ""),
    ("ISO2", "isolation_site", "东岭隔离点", EAST, "", "", "", ""),
    ("CP2", "checkpoint", "东岭卡点", EAST, "", "", "", ""),
    ("CP3", "checkpoint", "网格卡点", GRID, "", "", "", ""),
    ("M1", "market", "河口集市", EAST, "", "", "", ""),
    ("D1", "depot", "网格物资点", GRID, "", "", "", ""),
    ("SQ1", "square", "网格广场", GRID, "", "", "", ""),
    ("SQ2", "square", "东岭广场", EAST, "", "", "", ""),
)

HOME = {row[0]: _NAMES[row[2]] for row in (*ROSTER, *MORE_PEOPLE)}  # where a person's roster row lies
DOOR = {row[0]: row[1] for row in (*ROSTER, *MORE_PEOPLE)}  # a person's household
DOOR_AREA = {row[1]: _NAMES[row[2]] for row in (*ROSTER, *MORE_PEOPLE)}
PLACE_AREA = {row[0]: row[3] for row in (*PLACES, *MORE_PLACES)}
PLACE_CATEGORY = {row[0]: row[1] for row in (*PLACES, *MORE_PLACES)}
BORN = {row[0]: f"{row[4][6:10]}-{row[4][10:12]}-{row[4][12:14]}" if len(row[4]) == ID_LENGTH else None for row in ROSTER} | {
    row[0]: "1950-01-01" for row in MORE_PEOPLE
}  # an ID of which a digit is missing gives no age
PEOPLE = tuple(code for code, area in HOME.items() if area != OTHER_VILLAGE)
DOORS = tuple(code for code, area in DOOR_AREA.items() if area != OTHER_VILLAGE)
VILLAGES = (WEST, EAST, GRID)


def at_or_above(area: str) -> Iterator[str]:
    """The area and those that hold it, from the nearest."""
    while area:
        yield area
        area = PARENTS.get(area, "")


def lies_in(area: str, whole: str) -> bool:
    """Whether the area is the other or lies below it."""
    return whole in at_or_above(area)
