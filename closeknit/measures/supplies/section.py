"""Its part of the daily report."""

from collections.abc import Iterable

from closeknit.kit.text import Text
from closeknit.measures.supplies.kinds import Delivered, Ordered
from closeknit.reports.counting import total
from closeknit.reports.figures import Figure, Question, Section, section

NAMES = {
    "vegetable": Text("Vegetable packs", "蔬菜包"),
    "meat": Text("Meat packs", "肉类包"),
    "fruit": Text("Fruit packs", "水果包"),
    "oil_rice": Text("Oil and rice packs", "粮油包"),
}


def _packs(question: Question) -> Iterable[Figure]:
    """Two figures a pack that anybody ordered or got in the window."""
    for said, verb, en, zh in (
        (Ordered, "ordered", "{n}, ordered", "{n}（订购）"),
        (Delivered, "delivered", "{n}, delivered", "{n}（送达）"),
    ):
        packs = question.events(said).values_list("data__pack", flat=True).distinct().order_by("data__pack")
        for pack in packs:
            yield Figure(f"supplies.{verb}.{pack}", Text(en, zh, n=NAMES.get(pack, pack)), total(said, "quantity", pack=pack))


SECTION = section(Section("supplies", Text("Supplies", "生活物资"), (), order=75, dynamic=_packs))
