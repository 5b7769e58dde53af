"""What became of a roster row, why, and how to put it right."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from closeknit.kit.text import Text
from closeknit.registry.roster.person import RosterPerson

Status = Literal["accepted", "doubtful", "merged", "parked"]
Reason = Literal["", "bad_id", "no_id", "missing_name", "unknown_area", "real_id", "same_id", "repeated"]
Change = Literal["", "new", "changed", "same"]


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What became of a row.

    `person` is None for a parked row; of a merged one it holds the second name (code) and the second address, and `canonical` the code
    of the person whom it is. `household` and `area` are the row's own, also where it is parked, as far as they are known.
    `change` tells an accepted or doubtful row from what the register held: new, changed, or the same.
    `digest` (16 bytes, keyed) is that of the row's content; `cells` are its cells by field for encrypted keeping, without those whose
    columns are dropped or unknown, and none of a row that is refused for a real ID.
    """

    file: str
    sheet: str | None
    row: int
    status: Status
    reason: Reason
    column: str
    cure: Text | None
    person: RosterPerson | None
    canonical: str | None
    household: str
    area: str
    change: Change
    digest: bytes
    cells: Mapping[str, str]


REASONS: Mapping[Reason, Text] = {
    "bad_id": Text("ID number doubtful", "证件号码存疑"),
    "no_id": Text("No ID number", "缺少证件号码"),
    "missing_name": Text("No name", "缺少姓名"),
    "unknown_area": Text("Area unknown", "所属区域无法确定"),
    "real_id": Text("ID of a real person", "疑似真实证件号码"),
    "same_id": Text("Same ID as a row before", "证件号码与前面的行相同"),
    "repeated": Text("Row repeated", "重复行"),
}

STATUSES: Mapping[Status, Text] = {
    "accepted": Text("Accepted", "已接收"),
    "doubtful": Text("Accepted, to be checked", "已接收，待核实"),
    "merged": Text("Merged", "已合并"),
    "parked": Text("Parked", "搁置，未接收"),
}

# By reason, or by what is wrong with the ID or the area. No cure holds anything of the row.
CURES: Mapping[str, Text] = {
    "empty": Text("The ID is missing. Ask for it at the next visit and write it into this cell.", "缺证件号码。请在下次走访时核实并补填。"),
    "cut": Text(
        "A spreadsheet has cut this number. Set the column to Text and type or paste the numbers again, or take them from another list.",
        "证件号码被表格软件截断，末几位已丢失。请把该列设为“文本”格式后重新填写，或从其他名册取回。",
    ),
    "form": Text(
        "An ID has 18 characters: 17 digits, then a digit or X. Compare it with the card and correct the cell.",
        "证件号码应为18位：17位数字加1位数字或X。请对照证件改正。",
    ),
    "date": Text("The birth date within the ID does not exist. Compare it with the card.", "证件号码中的出生日期不存在。请对照证件改正。"),
    "check": Text(
        "The check digit does not fit the other digits: one of them is wrong, or two are swapped. Compare it with the card.",
        "证件号码校验位不符：有一位写错，或两位颠倒。请对照证件改正。",
    ),
    "missing_name": Text("Write the person's name into this cell and bring the file again.", "请补填姓名后重新上传。"),
    "area_empty": Text("Write the village or grid into this cell, by name or code.", "请补填所属村（社区）或网格，名称或代码均可。"),
    "area_nowhere": Text(
        "No area of this name or code is known. Correct it, or have the area entered, and bring the file again.",
        "没有这个名称或代码的区域。请改正，或先建立该区域，然后重新上传。",
    ),
    "area_several": Text("Several areas bear this name. Write the area's code instead.", "有多个区域同名。请改填区域代码。"),
    "area_apart": Text(
        "The areas named in this row do not lie within one another. Correct one of them.", "本行所填的区域互不隶属。请改正其一。"
    ),
    "real_id": Text(
        "This looks like the ID of a real person. This installation takes only made-up persons (IDs that begin with 99).",
        "疑似真实证件号码。本系统当前只接收虚构人员（证件号码以99开头）。",
    ),
    "same_id": Text(
        "A row before bears the same ID: one person, this household is a second address. If they are two people, correct the ID.",
        "前面已有证件号码相同的行：视为同一人，本行的户作为第二住址。如确为两人，请改正证件号码。",
    ),
    "repeated": Text("This row stands in the roster twice; nothing is to be done.", "本行重复，无需处理。"),
}
