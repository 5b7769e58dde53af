"""What the demonstration shows of cards: those of one village, which its secretary has issued and not printed yet."""

from closeknit.measures.cards import actions
from closeknit.registry.models import Household
from closeknit.sync.demonstration import afterwards

VILLAGE, SECRETARY = "433122108202", "W00106"


@afterwards
def cards() -> None:
    """Cards for every household of the village."""
    actions.issue(list(Household.objects.current().filter(area=VILLAGE).order_by("position").values_list("code", "area")), by=SECRETARY)
