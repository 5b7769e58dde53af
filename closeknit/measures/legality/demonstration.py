"""What the demonstration shows of the review of acts beside its records: a draw, made from the days as they fall, half of it reviewed."""

from datetime import timedelta

from closeknit.kit import clock
from closeknit.ledger.record import record
from closeknit.measures.legality.drawing import draw
from closeknit.policy.packs import policy
from closeknit.registry.models import Member
from closeknit.sync.demonstration import where_told
from closeknit.sync.towns import Town

SHARE = 0.5
FOUND = "事实清楚、依据和文书齐全，期限适当"


@where_told
def reviewed(town: Town) -> None:
    """Half of the acts of the pack's days are drawn; whoever sits in the legal office has looked at every other one of them."""
    pack = policy(town.town)
    since = clock.now().astimezone(pack.timezone).date() - timedelta(days=int(pack.get("inspections.sample_days")))
    data = draw(town.town, since, SHARE)
    by = Member.objects.current().filter(area=town.town, role="legal").values_list("code", flat=True).get()
    made = record("legality.drawn", by=by, area=town.town, data=data)
    for act, place in list(zip(data["acts"], data["places"], strict=True))[::2]:
        said = {"act": act, "outcome": "legal", "reason": FOUND, "draw": made.id}
        record("legality.reviewed", by=by, area=town.town, place=place, data=said)
