"""Only an approved version can be used: the console takes nothing else."""

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.records.saving import Entry, guard
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.library.texts import is_covered, is_use, texts

USES = ("outreach.posted", "outreach.broadcast", "outreach.messaged")
TO_HOUSEHOLDS = "outreach.household_told"
NOT_COVERED = Text(
    "No approved version of the text “{text}” holds here. Look it up in the library of texts, or have it approved first.",
    "文稿“{text}”在本地没有已审定的版本。请到文稿库查看编号，或先送审。",
)


def must_be_covered(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the entry uses a text of which no approved version holds in its area at its time."""
    if not is_use(entry.data):
        return
    code = str(entry.data["text_id"])
    path = Area.objects.current().filter(code=entry.area).values_list("path", flat=True).first() or ""
    if not is_covered(texts(code), entry.data, path, entry.at or clock.now()):
        raise Invalid("data.text_id", "not_approved", NOT_COVERED.format(text=code))


for kind in (*USES, TO_HOUSEHOLDS):
    guard(kind, must_be_covered)
