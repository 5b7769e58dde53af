"""The categories of places in words."""

from closeknit.kit.text import Text

CATEGORIES: dict[str, Text] = {
    "checkpoint": Text("Checkpoint", "卡点"),
    "shop": Text("Shop", "商店"),
    "supermarket": Text("Supermarket", "超市"),
    "market": Text("Market", "市场"),
    "restaurant": Text("Restaurant", "餐饮"),
    "hotel": Text("Hotel", "宾馆"),
    "pharmacy": Text("Pharmacy", "药店"),
    "clinic": Text("Clinic", "诊所"),
    "hospital": Text("Hospital", "医院"),
    "private_hospital": Text("Private hospital", "民营医院"),
    "health_centre": Text("Town health centre", "卫生院"),
    "village_clinic": Text("Village clinic", "村卫生室"),
    "entertainment": Text("Entertainment", "娱乐场所"),
    "training": Text("Training centre", "培训机构"),
    "school": Text("School", "学校"),
    "bank": Text("Bank", "银行网点"),
    "station": Text("Station", "车站"),
    "compound": Text("Compound", "小区"),
    "cold_store": Text("Cold store", "冷库"),
    "coldchain_post": Text("Cold-chain post", "冷链查验点"),
    "test_site": Text("Test site", "采样点"),
    "isolation_site": Text("Isolation site", "隔离点"),
}


def category(code: str) -> Text | str:
    """A category of places in words; one that is not known as it is written."""
    return CATEGORIES.get(code, code)
