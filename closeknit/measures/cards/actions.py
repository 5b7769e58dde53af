"""What is decided about cards: each decision is a record, and changes what the codes open."""

from collections.abc import Sequence

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.record import record_many, writing
from closeknit.paper.cards import issuing, tries
from closeknit.paper.models import ResidentCard
from closeknit.registry.known import canonical


def issue(households: Sequence[tuple[str, str]], *, by: str) -> list[ResidentCard]:
    """Cards for those of the households (code and area) that have none."""
    with writing():
        made = issuing.issue(households, by=by)
        _say([("residents.card_issued", card, {"card": card.number}) for card in made], by=by)
    return made


def revoke(card: ResidentCard, *, by: str, reason: str) -> bool:
    """Ends a card; False where it was over already. A poster is taken down by the same, without a record: it is nobody's."""
    with writing():
        over = issuing.revoke(card, by=by)
        if over and card.household:
            _say([("residents.card_revoked", card, {"card": card.number, "reason": reason})], by=by)
    return over


def reissue(card: ResidentCard, *, by: str, reason: str) -> ResidentCard | None:
    """Ends a card and gives the household another one; None where the household has one already."""
    with writing():
        revoke(card, by=by, reason=reason)
        household = canonical("household", [card.household]).get(card.household, card.household)
        made = issue([(household, card.area)], by=by)
    return made[0] if made else None


def renew_tries(card: ResidentCard, *, by: str, reason: str) -> bool:
    """Gives whoever of the household was shut out today new tries; False where nobody was."""
    with writing():
        if not tries.open_again(card.household):
            return False
        _say([("residents.tries_renewed", card, {"reason": reason})], by=by)
    return True


def _say(said: Sequence[tuple[str, ResidentCard, dict[str, str]]], *, by: str) -> None:
    now = clock.now().isoformat()
    events = [
        {"id": str(uuid7()), "kind": kind, "area": card.area, "household": card.household, "at": now, "data": data}
        for kind, card, data in said
    ]
    if events:
        record_many(events, by=by, device=f"console:{by}")
