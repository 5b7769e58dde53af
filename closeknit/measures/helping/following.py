"""What was said at a door or on a visit of care that somebody needs becomes a request for help, without being typed again."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import firsts
from closeknit.ledger.reactions.declaring import Following, reaction
from closeknit.measures.care.kinds import AskedBy, CareVisited, HelpRequested, Matter, Urgency
from closeknit.measures.doorknock.kinds import Visited
from closeknit.measures.helping.rules import urgency_of
from closeknit.policy.packs import Policy, policy


@reaction(Visited, CareVisited, gives=(HelpRequested,))
def help_asked_on_a_visit(events: Sequence[Event]) -> Iterable[Following]:
    """One request a visit with needs, in its area, for its household and person; a correction of the visit makes no second one."""
    told = [(event, needs) for event in events if event.personal is not None and (needs := event.told().get("needs"))]
    roots = firsts(event for event, _ in told)
    packs = {area: policy(area) for area in {event.area for event, _ in told}}
    for event, needs in told:
        yield Following(
            cause=event,
            root=roots[event.id],
            at=event.at,
            said=HelpRequested,
            area=event.area,
            references={name: code for name in ("household", "person") if (code := getattr(event, name))},
            data=_data(event, needs, packs[event.area]),
        )


def _data(event: Event, needs: Sequence[str], pack: Policy) -> dict[str, Any]:
    words = "；".join(needs)
    urgent = urgency_of(words, pack.get("care.urgent_words"))
    way = AskedBy.DOOR if event.kind in names(Visited) else AskedBy.VISIT
    return {"matter": Matter.OTHER.value, "urgency": (Urgency.URGENT if urgent else Urgency.NORMAL).value, "words": words, "way": way.value}
