"""What the owner's first screen says: their open tasks, what is due next first."""

from typing import Any

from django.http import HttpRequest

from closeknit.access.models import Account
from closeknit.kit import clock
from closeknit.measures.tasks.listing import lines
from closeknit.measures.tasks.standing import tasks_of_owner
from closeknit.policy.packs import policy


def on_home(request: HttpRequest) -> dict[str, Any] | None:
    """The reader's own open tasks; None where there are none."""
    account = request.user
    if not isinstance(account, Account) or not account.member:
        return None
    mine = lines(tasks_of_owner(account.member), clock.now(), policy(account.area).timezone, account.member)
    return {"my_tasks": mine} if mine else None
