"""THE tables of what a worker's phone is for: which work a role brings, and what may be said in which work."""

from collections.abc import Iterable, Sequence

from closeknit.access import roles
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Kind, kinds
from closeknit.policy.packs import Policy
from closeknit.reports.figures import is_asked
from closeknit.sync.enrolment.contact import Bearer

# A line a work: the measures (all their kinds) and single kinds that are said in it. A kind that is named is said where it is named and
# not where its measure is. Without the first of its line there is no such work. A measure without a line fails a test.
KINDS = """
doors        doorknock returnees vaccination care passes registry.found outreach.household_told
found        registry.found
round        testing routine schools registry.found
laboratory   testing.received testing.resulted
gate         checkpoints coldchain.vehicle_checked inspections.transport_suspected venues.entered
patrol       venues venues.entered coldchain supervision controls.guarded clinics sectors
deliveries   supplies
isolation    isolation
inspections  inspections coldchain.store_checked supervision sectors
outreach     outreach
shift        workforce
"""

# A line a role of members.csv. Everybody else has `others`.
ROLES = """
village_secretary  doors found round gate patrol deliveries isolation inspections outreach shift
grid_worker        doors found patrol deliveries isolation outreach shift
village_worker     doors found patrol deliveries isolation outreach shift
volunteer          doors found patrol deliveries isolation outreach shift
caller             doors shift
sampler            found round shift
laboratory         laboratory shift
checkpoint         gate shift
militia            gate shift
gate_staff         gate shift
inspector          patrol inspections shift
enforcement        patrol inspections shift
courier            deliveries shift
supply_clerk       deliveries shift
others             outreach shift
"""

WITH_PEOPLE = frozenset({"doors", "round", "deliveries", "isolation"})  # cannot be done without knowing who lives where

ROLE_NAMES = {
    **roles.ROLES,
    "village_worker": Text("Village worker", "村（社区）干部"),
    "volunteer": Text("Volunteer", "志愿者"),
    "caller": Text("Caller", "电话排查员"),
    "sampler": Text("Sampler", "采样员"),
    "laboratory": Text("Laboratory", "检测机构人员"),
    "checkpoint": Text("Checkpoint staff", "卡点值守人员"),
    "militia": Text("Militia", "民兵"),
    "enforcement": Text("Enforcement", "执法人员"),
    "courier": Text("Courier", "配送员"),
    "supply_clerk": Text("Supplies clerk", "物资专员"),
    "store_chief": Text("Cold-store chief", "冷库库长"),
    "venue_staff": Text("Venue staff", "场所工作人员"),
    "publicist": Text("Publicist", "宣传员"),
    "supervisor": Text("Supervisor", "督导员"),
    "clerk": Text("Clerk", "专干"),
}
NAMED_AFTER = {"sampler": "testing"}  # roles whose name speaks of a feature of the pack
NO_NAME = Text("Worker", "工作人员")
POSTS = {"checkpoint": "gate"}  # what somebody helps with for one shift, by the category of the place on the card


def _table(text: str) -> dict[str, tuple[str, ...]]:
    return {head: tuple(rest) for head, *rest in (line.split() for line in text.strip().splitlines())}


SAID_IN, WORK_OF = _table(KINDS), _table(ROLES)
_OF_THEIR_OWN = {name for names in SAID_IN.values() for name in names if "." in name}


def role_name(role: str, policy: Policy) -> Text:
    """A member's role in words that the pack in force knows."""
    return ROLE_NAMES.get(role, NO_NAME) if policy.has(NAMED_AFTER.get(role, "")) else NO_NAME


def works(kind: Kind) -> list[str]:
    """The works in which a kind is said, in the table's order."""
    return [work for work, said in SAID_IN.items() if _name_in_table(kind) in said]


def _name_in_table(kind: Kind) -> str:
    return kind.name if kind.name in _OF_THEIR_OWN else kind.measure


def sayable(policy: Policy) -> list[Kind]:
    """The kinds that phones may record: those with a form for everybody, and no screen that asks more, that the pack in force knows."""
    return [kind for kind in kinds().values() if kind.by_form and kind.by_phone and is_asked(kind, policy)]


def work_of(bearer: Bearer, policy: Policy, *, post: str = "") -> list[str]:
    """What the bearer's phone is for under this pack. Who helps for one shift gets nothing that needs to know who lives where, and the
    work of their post, a category of places."""
    alive = {work for kind in sayable(policy) for work in works(kind) if _name_in_table(kind) == SAID_IN[work][0]}
    own = WORK_OF.get(bearer.role, WORK_OF["others"])
    if bearer.is_shift:
        own = (*(work for work in own if work not in WITH_PEOPLE), *([POSTS[post]] if post in POSTS else ()))
    return [work for work in dict.fromkeys(own) if work in alive]


def kinds_of(work: Sequence[str], policy: Policy) -> list[tuple[Kind, str]]:
    """The kinds that are said in any of these works, each with the first of the table's works that has it."""
    pairs = ((kind, next((each for each in works(kind) if each in work), "")) for kind in sayable(policy))
    return [(kind, first) for kind, first in pairs if first]


def needs_people(work: Iterable[str]) -> bool:
    """Whether any of these works needs the register of who lives where."""
    return not WITH_PEOPLE.isdisjoint(work)
