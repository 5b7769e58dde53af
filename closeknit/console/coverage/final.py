"""Who refused finally is a number above the village: who they are is shown in village and grid alone."""

from collections.abc import Iterable

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.campaigns.models import Reach
from closeknit.console.coverage.asked import VILLAGE
from closeknit.policy.packs import policy

SWEEP = "doorknock"


def sees_final(account: Account) -> bool:
    """Whether the account works in a village or a grid."""
    own = Area.objects.current().filter(code=account.area).first()
    return own is not None and own.level in VILLAGE


def kept_back(account: Account, households: Iterable[str]) -> set[str]:
    """Of these households those that refused finally in a sweep, for a reader who may not be shown who they are."""
    if sees_final(account):
        return set()
    after = int(policy(account.area).get("doorknock.refusals_final_after", 0))
    refused = Reach.objects.filter(kind=SWEEP, outcome="refused", refusals__gte=max(1, after))
    return set(refused.values_list("code", flat=True)) & set(households)
