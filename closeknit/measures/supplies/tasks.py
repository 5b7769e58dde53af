"""What a courier's phone is given: packs that were ordered and not yet delivered."""

from collections import Counter

from closeknit.measures.supplies.kinds import Delivered, Ordered
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.tasks import Residents, Told, today, told

Row = list[str | int]
Key = tuple[str, str, str]


def deliveries(assigned: Assigned, residents: Residents) -> list[Row]:
    """A row a household (or person, where no household is named) and pack: ordered and delivered so far. Only where something is left,
    or was delivered today; in walking order."""
    ordered, delivered, fresh = Counter[Key](), Counter[Key](), set[Key]()
    for each in told(assigned, residents, Ordered):
        ordered[_key(each)] += each.data["quantity"]
    morning = today(assigned)
    for each in told(assigned, residents, Delivered):
        delivered[_key(each)] += each.data["quantity"]
        if each.at >= morning:
            fresh.add(_key(each))
    open_ = {key for key in ordered if ordered[key] > delivered[key]}
    mine = [key for key in open_ | fresh if (key[0] in residents.households if key[0] else key[1] in residents.persons)]
    mine.sort(key=lambda key: (residents.households.get(key[0], len(residents.households)), residents.persons.get(key[1], 0), key))
    return [[*key, ordered[key], delivered[key]] for key in mine]


def _key(each: Told) -> Key:
    return each.household, "" if each.household else each.person, each.data["pack"]
