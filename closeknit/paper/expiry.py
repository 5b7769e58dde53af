"""Sheets and their scans are destroyed with the records of which they tell, by the retention class of their kind."""

from datetime import datetime
from functools import partial
from typing import get_args

from closeknit.ledger.expiry import goes_with
from closeknit.ledger.kinds import Retention, kinds
from closeknit.paper.models import Sheet
from closeknit.paper.scans import destroy_all


def forget(retention: str, until: datetime) -> None:
    """Destroys the sheets of a class that tell of nothing later than `until`."""
    names = [kind.name for kind in kinds().values() if kind.retention == retention]
    over = list(Sheet.objects.filter(kind__in=names, last_at__lt=until).values_list("code", flat=True))
    for code in over:
        destroy_all(code)
    Sheet.objects.filter(code__in=over).delete()


for _retention in get_args(Retention):
    goes_with(partial(str, _retention))(partial(forget, _retention))
