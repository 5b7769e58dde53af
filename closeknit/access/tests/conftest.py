"""The cast: Ana records in one village, Ben leads the town, Chen analyses, Dov belongs to another county."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from closeknit.access.models import Account
from closeknit.areas.models import Area

TREE = {
    "43": ("", "province"),
    "4331": ("43", "prefecture"),
    "433122": ("4331", "county"),
    "433122108": ("433122", "township"),
    "433122108001": ("433122108", "village"),
    "433122108001-1": ("433122108001", "grid"),
    "433122108002": ("433122108", "village"),
    "433101": ("4331", "county"),
    "433101001": ("433101", "township"),
}
LEARNED = datetime(2022, 3, 1, tzinfo=UTC)


@pytest.fixture
def tree(db: None) -> list[str]:
    """Two counties; the codes of one are a prefix of nothing in the other."""
    paths = {"": "/"}
    for code, (parent, level) in TREE.items():
        paths[code] = f"{paths[parent]}{code}/"
        Area.objects.create(code=code, parent=parent, name=code, level=level, path=paths[code], learned_at=LEARNED)
    return list(TREE)


@pytest.fixture
def account(db: None) -> Callable[..., Account]:
    """Opens an account."""

    def opened(username: str, role: str, area: str, **fields: object) -> Account:
        return Account.objects.create_user(username, "four words in a row", role=role, area=area, **fields)

    return opened
