"""Keeping a school's list: beginning it, and taking over who bears the school's name as a mark in the register."""

import json
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q

from closeknit.access.models import Account
from closeknit.access.scope import visible
from closeknit.campaigns.cadences.rules import categories
from closeknit.console.records.saving import Entry, author, device, save
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.record import record_many
from closeknit.measures.schools.standing import School
from closeknit.policy.packs import policy
from closeknit.registry.models import Person

PUPILS = "pupils"


def begin(account: Account, one: School) -> None:
    """Makes the group of routine testing to which the school's people belong; of each class the pack's share is drawn."""
    pack, code = policy(one.place.area), f"SCH-{one.code}"[:60].replace("/", "-")
    known = categories(pack)
    category = PUPILS if PUPILS in known else next(iter(known), PUPILS)
    data = {"group": code, "label": one.place.name, "category": category, "share": float(pack.get("schools.share"))}
    number = uuid5(NAMESPACE_URL, f"{one.code}|{author(account)}|{clock.now():%Y%m%d}")
    save(account, Entry(number, "routine.group_set", one.place.area, data, {"place": one.code}))


def class_of(mark: str, school: str) -> str | None:
    """The class that a mark of the register names: what follows the school's name; empty where nothing does. None for another mark."""
    said = mark.strip()
    return said.removeprefix(school).strip(" -_·　") if school and said.startswith(school) else None


def marked(account: Account, one: School) -> dict[str, str]:
    """Who of the account's area bears the school's name as a mark and belongs to no class of it yet: person and class."""
    name = one.place.name
    bear = Q(tags__icontains=name) | Q(tags__icontains=json.dumps(name)[1:-1])  # as the databases keep characters
    found = {}
    for code, tags in visible(Person.objects.current().filter(bear), account).exclude(code__in=one.people).values_list("code", "tags"):
        classes = [of for tag in tags if (of := class_of(tag, name)) is not None]
        if classes:
            found[code] = max(classes, key=len)
    return found


def take_marked(account: Account, one: School) -> int:
    """Records that they belong to the school; how many they were."""
    group, at = one.groups[0], clock.now().isoformat()
    events = [
        {"id": str(uuid7()), "kind": "routine.member_added", "area": group.area, "at": at, "person": person,
         "data": {"group": group.topic, **({"school_class": name} if name else {})}}
        for person, name in marked(account, one).items()
    ]  # fmt: skip
    if events:
        record_many(events, by=author(account), device=device(account))
    return len(events)
