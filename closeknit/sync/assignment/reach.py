"""What is known of the targets: all of it, or what the records after an arrival may have changed."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from closeknit.campaigns.changes import changed_since
from closeknit.campaigns.models import Campaign, Reach
from closeknit.campaigns.queries import subject
from closeknit.registry.models import Found, Household, Person, Place
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.wording import moment

MODELS: dict[str, Any] = {"household": Household, "person": Person, "place": Place}
COLUMNS = ("campaign", "code", "outcome", "reached", "tries", "at")
Row = tuple[str, str, str, int, int, str]


def reach(assigned: Assigned, *, arrival: int | None, afresh: bool) -> dict[str, Any]:
    """The rows after an arrival; all of them where that cannot be told or where `afresh` says that the phone's own are of another
    assignment. A row without a try takes back what the phone was told before."""
    kinds = {each.kind for each in assigned.campaigns}
    changed = None if afresh or arrival is None else changed_since(arrival, kinds)
    if changed is None:
        return {"all": True, "rows": sorted(row for each in _subjects(assigned) for row in _all(assigned, each))}
    return {"all": False, "rows": sorted(row for each in assigned.campaigns for row in _changed(assigned, each, changed))}


def _subjects(assigned: Assigned) -> set[str]:
    return {subject(each) for each in assigned.campaigns}


def _all(assigned: Assigned, what: str) -> Iterator[Row]:
    rows = Reach.objects.filter(campaign__in=[each.code for each in assigned.campaigns if subject(each) == what])
    for here in _here(assigned, what):
        yield from (_row(*row) for row in rows.filter(code__in=here.values("code")).values_list(*COLUMNS))


def _changed(assigned: Assigned, campaign: Campaign, changed: Mapping[str, set[str]]) -> Iterator[Row]:
    codes = changed[campaign.kind]
    mine = {code for here in _here(assigned, subject(campaign)) for code in _of(here, codes)} if codes else set()
    rows = {row[1]: _row(*row) for row in Reach.objects.filter(campaign=campaign.code, code__in=mine).values_list(*COLUMNS)} if mine else {}
    for code in mine:
        yield rows.get(code) or (campaign.code, code, "", 0, 0, "")


def _here(assigned: Assigned, what: str) -> list[Any]:
    """The targets that lie in the worker's areas: of the register, and those of whom no list knew."""
    found = [] if what == "place" else [Found.objects.filter(what=what, area__in=assigned.codes)]
    return [MODELS[what].objects.current().filter(area__in=assigned.codes), *found]


def _of(here: Any, codes: Collection[str]) -> Iterator[str]:
    yield from here.filter(code__in=codes).values_list("code", flat=True)


def _row(campaign: str, code: str, outcome: str, reached: bool, tries: int, at: datetime) -> Row:
    return campaign, code, outcome, int(reached), tries, moment(at)
