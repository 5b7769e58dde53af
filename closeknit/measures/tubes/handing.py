"""At the console nobody hands over a tube that is handed over already; what phones said is kept and stands on the list."""

from django.utils.timezone import localtime

from closeknit.access.models import Account
from closeknit.console.records.saving import Entry, guard
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.tubes.models import Passage

TWICE = Text(
    "Tube {tube} was handed over on {at} in box {box}. Take it off this list, or withdraw that hand-over first.",
    "采样管 {tube} 已于 {at} 装入转运箱 {box} 交接。请从本次移除，或先作废该次交接。",
)


def not_twice(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where one of the tubes stands in another hand-over."""
    codes = entry.data.get("tubes") or ()
    held = Passage.objects.filter(step=Passage.Step.HANDED_OVER, tube__in=codes).exclude(event__in=[entry.id, entry.corrects or entry.id])
    first = held.order_by("at").first()
    if first:
        raise Invalid("data.tubes", "handed_over", TWICE.format(tube=first.tube, at=f"{localtime(first.at):%m-%d %H:%M}", box=first.box))


guard("testing.handed_over", not_twice)
