"""Which batches lack a certificate, by the pack in force: as conditions for the database and as words."""

from django.db.models import Q

from closeknit.console.parts import Badge
from closeknit.kit.text import Text
from closeknit.measures.goods.kinds import Certificate, asked_for
from closeknit.measures.goods.models import Batch
from closeknit.policy.packs import Policy

AND = Text(", ", "、")
LABELS = {each.value: each.label for each in Certificate}
OPEN, RELEASED, HELD = (
    Badge(Text("To decide", "待处置"), "watch"),
    Badge(Text("Released", "已放行"), "good"),
    Badge(Text("Held", "已暂扣"), "bad"),
)
RELEASED_LACKING = Badge(Text("Released without a certificate", "缺证放行"), "bad")


def lacking(pack: Policy) -> Q:
    """The batches that lack a certificate which the pack asks for."""
    found = Q(pk__isnull=True)
    for imported in (True, False):
        for each in asked_for(imported, pack):
            found |= Q(imported=imported, **{each: False})
    return found


def lacks(batch: Batch, pack: Policy) -> list[str]:
    """The certificates that a batch lacks."""
    return [each for each in asked_for(batch.imported, pack) if not getattr(batch, each)]


def lacks_words(batch: Batch, pack: Policy) -> str:
    """What it lacks, in words; empty where it lacks nothing."""
    return str(AND).join(str(LABELS[each]) for each in lacks(batch, pack))


def badge(batch: Batch, pack: Policy) -> Badge:
    """How a batch stands."""
    if batch.outcome == "released":
        return RELEASED_LACKING if lacks(batch, pack) else RELEASED
    return HELD if batch.outcome == "held" else OPEN
