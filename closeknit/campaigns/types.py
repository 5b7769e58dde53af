"""Types of campaign: which records reach a target, and what the latest of them says."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeknit.campaigns.models import Campaign, Reach
from closeknit.kit.ids import uuid7
from closeknit.kit.once import once_a_page
from closeknit.kit.text import Text
from closeknit.ledger import bulk
from closeknit.ledger.kinds import Reference, Said, names
from closeknit.ledger.models import Event
from closeknit.ledger.projections import PIECE, later_wins, projection, projections
from closeknit.registry.known import canonical
from closeknit.registry.subjects import OfSubject

ADDED = later_wins(Reach, "outcome", "reached", "member", "data", added=("tries", "refusals"))


def _always(event: Event, campaign: Campaign) -> bool:
    return True


@dataclass(frozen=True)
class CampaignType:
    """A type of campaign. `outcome` reads an event as (code of the outcome, whether the target is reached by it); `belongs` says
    whether an event within the time counts for a campaign; `keeps` names data fields that stay on the reach."""

    kind: str
    label: Text
    reads: tuple[type[Said], ...]
    subject: Reference
    outcome: Callable[[Event], tuple[str, bool]]
    belongs: Callable[[Event, Campaign], bool] = _always
    keeps: tuple[str, ...] = ()

    @property
    def kind_names(self) -> tuple[str, ...]:
        """The wire names of the kinds that reach a target."""
        return names(*self.reads)

    def folded(self, campaign: Campaign, events: Sequence[Event], other_names: Mapping[str, str]) -> dict[str, list[Event]]:
        """The events that count for a campaign, by target, each list in the order in which the last is the latest."""
        groups: dict[str, list[Event]] = {}
        for event in sorted(events, key=lambda event: event.order):
            if campaign.starts_at <= event.at < campaign.ends_at and self.belongs(event, campaign):
                code = getattr(event, self.subject)
                groups.setdefault(other_names.get(code, code), []).append(event)
        return groups


_types: dict[str, CampaignType] = {}


def campaign_type(declared: CampaignType) -> CampaignType:
    """Declares a type of campaign; the ledger keeps its reach up to date from here on."""
    _types[declared.kind] = declared
    projection(type(f"Reach_{declared.subject}_{len(_types)}", (ReachOf,), {"campaign_type": declared, "subject": declared.subject}))
    return declared


def types() -> Mapping[str, CampaignType]:
    """All types of campaign by kind."""
    return _types


class ReachOf(OfSubject):
    """The reach of all campaigns of one type."""

    campaign_type: CampaignType
    model = Reach

    @classmethod
    def kind_names(cls) -> tuple[str, ...]:
        return cls.campaign_type.kind_names

    @classmethod
    def apply(cls, new: Sequence[Event], withdrawn: Sequence[Event]) -> None:
        """Adds what is new in the campaigns within whose time it was said, and folds again only those of whom something was withdrawn."""
        if not cls._campaigns():
            return
        events, kinds, renames = (*new, *withdrawn), cls.kind_names(), names(*cls.heeds)
        if any(event.kind in renames for event in events):
            super().apply(new, withdrawn)  # somebody bears another name: in all campaigns
            return
        moments = {event.at for event in events if event.kind in kinds}
        concerned = [each for each in cls._campaigns() if any(each.starts_at <= at < each.ends_at for at in moments)]
        if not concerned:
            return
        again = cls.all_names(cls.touched(withdrawn)) if withdrawn else set()
        if again:
            cls._fold(concerned, again, new)
        cls._add(concerned, [event for event in new if event.kind in kinds and event.superseded_at is None], again)

    @classmethod
    def _add(cls, campaigns: Sequence[Campaign], fresh: Sequence[Event], without: Collection[str]) -> None:
        """Adds what is new to what is kept, without reading what was said before: the later word stands, tries and refusals add up."""
        said = [event for event in fresh if (code := getattr(event, cls.subject)) and code not in without]
        bulk.insert(Reach, list(cls._rows_of(campaigns, said)), conflict=("campaign", "code"), action=ADDED)

    @classmethod
    def plan(cls, campaign: Campaign) -> None:
        """Folds a campaign that is new or was changed, by what was said within its time; of the others nothing is read."""
        Reach.objects.filter(campaign=campaign.code).delete()
        said = Event.objects.filter(kind__in=cls.kind_names(), at__gte=campaign.starts_at, at__lt=campaign.ends_at)
        subjects = said.exclude(**{cls.subject: ""}).order_by(cls.subject).values_list(cls.subject, flat=True).distinct()
        pending = list(subjects)
        for start in range(0, len(pending), PIECE):
            cls._fold([campaign], pending[start : start + PIECE])

    @classmethod
    def _fold(cls, campaigns: Sequence[Campaign], subjects: Iterable[str], new: Sequence[Event] = ()) -> None:
        start, end = min(each.starts_at for each in campaigns), max(each.ends_at for each in campaigns)
        wanted = cls.all_names(subjects)
        said = [event for event in cls.events_of(wanted, new, at__gte=start, at__lt=end) if start <= event.at < end]
        Reach.objects.filter(campaign__in=[each.code for each in campaigns], code__among=frozenset(wanted)).delete()
        bulk.insert(Reach, list(cls._rows_of(campaigns, said)))

    @classmethod
    def forget(cls, subjects: Collection[str]) -> None:
        Reach.objects.filter(kind=cls.campaign_type.kind, code__among=frozenset(subjects)).delete()

    @classmethod
    def clear(cls) -> None:
        Reach.objects.filter(kind=cls.campaign_type.kind).delete()

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        return cls._rows_of(cls._campaigns(), events)

    @classmethod
    def _campaigns(cls) -> Sequence[Campaign]:
        return current().get(cls.campaign_type.kind, ())

    @classmethod
    def _rows_of(cls, campaigns: Iterable[Campaign], events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        other_names = canonical(cls.subject, {getattr(event, cls.subject) for event in events})
        for campaign in campaigns:
            for code, tries in cls.campaign_type.folded(campaign, events, other_names).items():
                yield _row(cls.campaign_type, campaign, code, tries)


@once_a_page
def current() -> Mapping[str, Sequence[Campaign]]:
    """The campaigns that stand now, by their kind: of the kinds that are missing there is no reach to keep."""
    campaigns: dict[str, list[Campaign]] = defaultdict(list)
    for each in Campaign.objects.current().only("code", "kind", "starts_at", "ends_at"):
        campaigns[each.kind].append(each)
    return campaigns


def _row(campaign_type: CampaignType, campaign: Campaign, code: str, tries: Sequence[Event]) -> dict[str, Any]:
    latest = tries[-1]
    outcome, reached = campaign_type.outcome(latest)
    return {
        "id": uuid7(),
        "campaign": campaign.code,
        "kind": campaign_type.kind,
        "code": code,
        "outcome": outcome,
        "reached": reached,
        "tries": len(tries),
        "refusals": sum(1 for event in tries if campaign_type.outcome(event)[0] == "refused"),
        "at": latest.at,
        "received_at": latest.received_at,
        "seq": latest.seq,
        "event": latest.id,
        "member": latest.member,
        "data": {name: latest.data[name] for name in campaign_type.keeps if name in latest.data},
    }


def reach_of(campaign_kind: str) -> type[ReachOf]:
    """The projection that keeps the reach of a type of campaign."""
    return next(each for each in projections() if issubclass(each, ReachOf) and each.campaign_type.kind == campaign_kind)


def fold(campaign: Campaign) -> None:
    """Folds the reach of a campaign that was planned or changed."""
    reach_of(campaign.kind).plan(campaign)
