"""What can be said of a safety check of a sector."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, WordList
from closeknit.ledger.kinds import Said, kind


class Sector(Code):
    """What a safety check is about."""

    FOOD = "food", "Food", "食品安全"
    MEDICINE = "medicine", "Medicine", "药品安全"
    SPECIAL_EQUIPMENT = "special_equipment", "Special equipment", "特种设备安全"


@kind(
    "sectors.checked",
    Text("Safety of a sector checked", "行业安全检查"),
    retention="open",
    needs=("place",),
    examples=({"sector": "food"}, {"sector": "special_equipment", "problems": ["叉车未年检"]}),
)
class SectorChecked(Said):
    """Somebody checked a place for the safety of one sector."""

    sector: Annotated[Sector, Field(Text("Sector", "检查领域"))]
    problems: Annotated[WordList, Field(Text("Problems", "发现问题"))] = []
