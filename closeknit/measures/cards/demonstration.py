"""What the demonstration shows of cards: those of one village, which its secretary has issued and not printed yet."""

from closeknit.access.models import Account
from closeknit.measures.cards import actions
from closeknit.registry.models import Household
from closeknit.sync.demonstration import afterwards
from closeknit.sync.towns import Town

MOST = 300  # households; a large community's other cards are left for whoever tries it


@afterwards
def cards(town: Town) -> None:
    """Cards for the households of the village."""
    secretary = Account.objects.get(username="village")
    homes = Household.objects.current().filter(area=town.village).order_by("position")
    actions.issue(list(homes.values_list("code", "area")[:MOST]), by=secretary.member or secretary.username)
