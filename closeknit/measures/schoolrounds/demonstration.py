"""What the demonstration shows of schools beside its records: this week's draw, which is made from the days as they fall."""

from datetime import timedelta

from closeknit.access.models import Account
from closeknit.campaigns.models import Group
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.measures.draws.kinds import Wish, draw
from closeknit.measures.schools.kinds import live, places
from closeknit.policy.packs import policy
from closeknit.sync.demonstration import where_told
from closeknit.sync.towns import Town


@where_told
def drawn(town: Town) -> None:
    """One draw of each school that has a list."""
    clerk, until = Account.objects.get(username="clerk"), clock.now().astimezone(policy(town.town).timezone).date() + timedelta(days=2)
    groups: list[Group] = [group for school in live(places(town.town), clock.now()) for group in school.groups]
    for group in groups:
        draw(clerk, group, Wish(group.share, None, "", until), event_id=uuid7())
