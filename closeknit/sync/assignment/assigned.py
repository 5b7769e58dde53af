"""Whose assignment is asked for: the worker, where and under which pack, and what their phone is for. Every part begins here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q

from closeknit.areas.models import Area, Level
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.queries import subject
from closeknit.campaigns.types import types
from closeknit.ledger.kinds import Kind
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place
from closeknit.sync.assignment.holdings import held_by
from closeknit.sync.assignment.work import kinds_of, needs_people, work_of
from closeknit.sync.enrolment.contact import Bearer

SMALL = (Level.VILLAGE, Level.GRID)  # of a larger area nobody carries the register about


@dataclass(frozen=True)
class Assigned:
    """A worker's assignment as it stands now. What is asked of the database is asked once."""

    device: str
    bearer: Bearer
    now: datetime

    @cached_property
    def policy(self) -> Policy:
        """The pack in force where the worker works."""
        return policy(self.bearer.area)

    @cached_property
    def areas(self) -> list[Area]:
        """The worker's area and those below it, with what they took over and without the grid that they gave away."""
        own = list(Area.objects.below(self.bearer.area).order_by("path"))
        held = held_by(self.bearer.member) if not self.bearer.is_shift else None
        if not held or not (held.taken or held.given):
            return own
        kept = [row for row in own if not (row.code in held.given and row.code == self.bearer.area)]
        more = Area.objects.current().filter(code__in=held.taken - {row.code for row in kept}, level__in=SMALL)
        return sorted([*kept, *more], key=lambda row: row.path)

    @cached_property
    def area(self) -> Area:
        """The worker's area, also where its work went to somebody else."""
        return next((row for row in self.areas if row.code == self.bearer.area), None) or Area.objects.current().get(code=self.bearer.area)

    @property
    def codes(self) -> list[str]:
        """The codes of the areas."""
        return [area.code for area in self.areas]

    @cached_property
    def work(self) -> list[str]:
        """What the phone is for."""
        places = Place.objects.current().filter(code=self.bearer.place) if self.bearer.is_shift else Place.objects.none()
        return work_of(self.bearer, self.policy, post=places.values_list("category", flat=True).first() or "")

    @cached_property
    def kinds(self) -> list[tuple[Kind, str]]:
        """What may be recorded, each with its work."""
        return kinds_of(self.work, self.policy)

    @property
    def knows_people(self) -> bool:
        """Whether the phone is given households and persons: where the work needs them, in an area that a worker can walk."""
        return needs_people(self.work) and not self.bearer.is_shift and self.area.level in SMALL

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """The campaigns of the worker's work that run here or are about to begin; of people only for those who know them."""
        ahead = timedelta(hours=float(self.policy.get("field.campaigns_ahead_h")))
        names = {kind.name for kind, _ in self.kinds}
        mine = [name for name, each in types().items() if names.issuperset(each.kind_names)]
        above = {code for area in (self.area, *self.areas) for code in area.path.split("/") if code}
        touching = Campaign.objects.current().filter(Q(area__in=above) | Q(area__in=self.codes), kind__in=mine)
        running = touching.filter(ends_at__gt=self.now, starts_at__lte=self.now + ahead).order_by("starts_at", "code")
        return [each for each in running if self.knows_people or subject(each) == "place"]
