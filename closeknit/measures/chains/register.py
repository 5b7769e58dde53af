"""A village as a sign-up names it: its doors from the register, the words of its catalogue. Read once, whatever is asked of them."""

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.measures.chains.line import Words
from closeknit.measures.supplies.kinds import Doors, catalogue, words_of
from closeknit.policy.packs import policy
from closeknit.registry.models import Household


def doors_of(village: str) -> Doors:
    """The doors of a village; one statement and a decryption each."""
    rows = Household.objects.current().filter(area__in=Area.objects.below(village).values("code")).order_by("area", "position", "code")
    return Doors.of((row.code, str(row.told().get("address", ""))) for row in rows.iterator())


def words_for(village: str) -> Words:
    """The words for the packs that are offered in a village today."""
    pack = policy(village)
    today = clock.now().astimezone(pack.timezone).date()
    return Words.of(words_of(each for each in catalogue(village).values() if each.on(today)), int(pack.get("supplies.most_of_a_pack")))
