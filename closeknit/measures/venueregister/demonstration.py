"""What the demonstration shows of entrances beside their records: the codes of those that were set up."""

from closeknit.kit import clock
from closeknit.measures.venueregister.entrances import entrances, venues
from closeknit.paper.cards import issuing
from closeknit.policy.packs import policy
from closeknit.sync.demonstration import where_told
from closeknit.sync.towns import Town


@where_told
def posters(town: Town) -> None:
    """A code for each entrance that somebody has looked at; where it does not hang yet, its poster waits to be printed."""
    for each in entrances(venues(town.town, policy(town.town)), clock.now()):
        if each.is_set and each.by_hand is not None:
            issuing.put_up(each.place.area, place=each.place.code, entrance=each.name, by="clerk")
