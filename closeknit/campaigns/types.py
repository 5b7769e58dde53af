"""Types of campaign: which records reach a target, and what the latest of them says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeknit.campaigns.models import Campaign, Reach
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Reference, Said, names
from closeknit.ledger.models import Event
from closeknit.ledger.projections import projection, projections
from closeknit.registry.known import canonical
from closeknit.registry.subjects import OfSubject


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
    def forget(cls, subjects: Sequence[str]) -> None:
        Reach.objects.filter(kind=cls.campaign_type.kind, code__in=subjects).delete()

    @classmethod
    def clear(cls) -> None:
        Reach.objects.filter(kind=cls.campaign_type.kind).delete()

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        other_names = canonical(cls.subject, {getattr(event, cls.subject) for event in events})
        for campaign in Campaign.objects.current().filter(kind=cls.campaign_type.kind):
            for code, tries in cls.campaign_type.folded(campaign, events, other_names).items():
                yield _row(cls.campaign_type, campaign, code, tries)


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


def refold(campaign_kind: str) -> None:
    """Folds the reach of a type of campaign again, after one was planned or changed."""
    reach_of(campaign_kind).rebuild()
