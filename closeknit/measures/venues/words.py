"""What places and findings are called."""

from collections.abc import Mapping
from typing import Any

from closeknit.kit.text import Text

CATEGORIES = {
    "shop": Text("Shop", "商店"), "supermarket": Text("Supermarket", "超市"), "bank": Text("Bank", "银行网点"),
    "station": Text("Station", "车站"), "restaurant": Text("Restaurant", "餐馆"), "market": Text("Market", "市场"),
    "pharmacy": Text("Pharmacy", "药店"), "school": Text("School", "学校"), "cold_store": Text("Cold store", "冷库"),
    "checkpoint": Text("Checkpoint", "卡点"), "clinic": Text("Clinic", "诊所"), "hotel": Text("Hotel", "宾馆"),
}  # fmt: skip
NOT_POSTED = Text("registration notice not posted", "未张贴进入登记标识")
NOT_SCANNING = Text("entries not registered", "未落实进入登记")
NO_MASKS = Text("no masks", "未戴口罩")


def category(code: str) -> Text | str:
    """A category of places in words; one that is not known as it is written."""
    return CATEGORIES.get(code, code)


def found_there(data: Mapping[str, Any]) -> str:
    """What a visit found, in words; empty where all was in order."""
    said = [
        *([str(NOT_POSTED)] if not data.get("code_posted") else []),
        *([str(NOT_SCANNING)] if not data.get("scanning") else []),
        *([str(NO_MASKS)] if data.get("masks") is False else []),
        *data.get("problems", ()),
    ]
    return "；".join(said)
