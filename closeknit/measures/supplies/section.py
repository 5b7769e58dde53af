"""Its part of the daily report."""

from collections.abc import Iterable

from closeknit.kit.text import Text
from closeknit.measures.supplies.kinds import Delivered, FellShort, Ordered, catalogue
from closeknit.reports.counting import total
from closeknit.reports.figures import Figure, Question, Section, section


def _packs(question: Question) -> Iterable[Figure]:
    """Figures for each pack that anybody ordered, got or should have got in the window."""
    names = question.once("packs", lambda: catalogue(question.area, question.as_of))
    for said, verb, en, zh in (
        (Ordered, "ordered", "{n}, ordered", "{n}（订购）"),
        (Delivered, "delivered", "{n}, delivered", "{n}（送达）"),
        (FellShort, "short", "{n}, not handed over", "{n}（未送到）"),
    ):
        packs = question.events(said).values_list("data__pack", flat=True).distinct().order_by("data__pack")
        for pack in packs:
            yield Figure(
                f"supplies.{verb}.{pack}", Text(en, zh, n=names[pack].label if pack in names else pack), total(said, "quantity", pack=pack)
            )


SECTION = section(Section("supplies", Text("Supplies", "生活物资"), (), order=75, dynamic=_packs))
