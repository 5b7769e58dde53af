"""The trail of who read whom: one appended row a list or record, written before the response leaves."""

from collections.abc import Iterable
from datetime import datetime

from closeknit.access.models import Account, Reading
from closeknit.kit import clock

MEMBER = "member:"  # before the code of a member, where somebody reads who has no account
CARD = "card:"  # before the number of a resident's card


def read(account: Account, screen: str, codes: Iterable[str], *, what: str = "person", purpose: str = "", path: str = "") -> Reading | None:
    """Append one reading of `codes`; nothing is written where nobody was shown.

    What surprises: where the row cannot be written this raises, and so the page is not shown. `path` loses its query.
    """
    return _append(account.username, screen, codes, what=what, purpose=purpose, path=path)


def read_by_member(member: str, screen: str, codes: Iterable[str], *, what: str = "person", path: str = "") -> Reading | None:
    """The same for a member who reads on a phone, by their card and without an account."""
    return _append(f"{MEMBER}{member}", screen, codes, what=what, purpose="", path=path)


def read_by_card(number: str, screen: str, codes: Iterable[str], *, what: str = "person", purpose: str) -> Reading | None:
    """The same for a resident who reads, or tried to, with a card."""
    return _append(f"{CARD}{number}", screen, codes, what=what, purpose=purpose, path="")


def _append(reader: str, screen: str, codes: Iterable[str], *, what: str, purpose: str, path: str) -> Reading | None:
    shown = sorted({code for code in codes if code})
    if not shown:
        return None
    return Reading.objects.create(
        at=clock.now(),
        account=reader[:64],
        screen=screen,
        what=what,
        codes=shown,
        purpose=purpose[:200],
        path=path.split("?")[0][:255],
    )


def expire(before: datetime, *, dry: bool = False) -> int:
    """Destroys the readings that are older; returns how many. dry: only counts."""
    over = Reading.objects.filter(at__lt=before)
    count = over.count()
    if not dry:
        over._raw_delete(over.db)  # rows that nobody else may delete
    return count
