"""The words of the import review."""

from collections.abc import Mapping

from closeknit.kit.text import Text
from closeknit.policy.packs import policy

FEATURES = {"booster": "booster"}  # fields that only some packs ask for
BY_THE_COMMAND_LINE = Text("command line", "命令行")
CHANGES: Mapping[str, Text] = {
    "new": Text("new in the register", "新增人员"),
    "changed": Text("entries changed", "变更人员"),
    "same": Text("rows that said nothing new", "内容未变的行"),
    "cured": Text("earlier rows cured", "已消除的问题行"),
    "households_left": Text("households nobody is left in", "已无人居住的户"),
    "households_moved": Text("households that moved", "迁移的户"),
}
FIELD_LABELS: Mapping[str, Text] = {
    "code": Text("person code", "人员编号"),
    "household": Text("household code", "户编号"),
    "name": Text("name", "姓名"),
    "id_no": Text("ID number", "身份证号"),
    "id_type": Text("type of ID", "证件类型"),
    "other_id_no": Text("other ID number", "其他证件号码"),
    "sex": Text("sex", "性别"),
    "birth_date": Text("date of birth", "出生日期"),
    "phone": Text("telephone", "联系电话"),
    "grid": Text("grid", "所属网格"),
    "village": Text("village or community", "所属村（社区）"),
    "township": Text("township or street", "所属乡镇（街道）"),
    "relation": Text("relation to the head", "与户主关系"),
    "category": Text("category", "人员类别"),
    "address": Text("address", "现住址"),
    "estate": Text("estate", "小区"),
    "building": Text("building or group", "楼栋（村民小组）"),
    "unit": Text("entrance", "单元"),
    "door": Text("door", "门牌"),
    "registered_building": Text("registered building", "户籍小区／建筑"),
    "registered_address": Text("registered address", "户籍地址"),
    "key": Text("key person", "重点人员"),
    "key_categories": Text("key categories", "重点类别"),
    "living_alone": Text("lives alone", "独居"),
    "immobile": Text("cannot move easily", "行动不便"),
    "booster": Text("booster dose", "加强针"),
    "note": Text("note", "备注"),
}


def asks(field: str, area: str) -> bool:
    """Whether the pack in force in an area has a use for a field of rosters."""
    return policy(area).has(FEATURES.get(field, ""))
