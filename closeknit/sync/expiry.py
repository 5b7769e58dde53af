"""Letters that nobody took in are destroyed in time: what is in one is not known, so the longest retention class counts."""

from datetime import datetime

from closeknit.ledger.expiry import goes_with
from closeknit.ledger.kinds import kinds
from closeknit.policy.packs import policy
from closeknit.sync.models import Letter

LEFT = (Letter.State.WAITING, Letter.State.REFUSED, Letter.State.UNREADABLE)


def longest() -> str:
    """Of the retention classes that kinds have, the one that the policy pack in force keeps longest."""
    days = policy().get("retention_days", {})
    return max(sorted({kind.retention for kind in kinds().values()} & days.keys()), key=lambda each: days[each], default="")


@goes_with(longest)
def forget(until: datetime) -> None:
    """Destroys the letters that came before then and are in no ledger. Of those taken in nothing is left but their number."""
    Letter.objects.filter(state__in=LEFT, received_at__lt=until).delete()
