"""A small county in a home of its own, for a server that is killed: run as a program, so that no test holds its database.

python -m tests.field.world build FOLDER PACK makes the county under a pack, a sweep, a patrol and a round of now, and the clerk's account
python -m tests.field.world invite MEMBER     prints the code that enrols a phone for a member
python -m tests.field.world card MEMBER       prints a member's card
python -m tests.field.world revoke DEVICE     revokes a device
python -m tests.field.world helper            prints the card of somebody who helps at the gate for this shift
python -m tests.field.world move MEMBER AREA ROLE  moves a member to another area, into another role
python -m tests.field.world withdraw MEMBER   withdraws a member's cards
python -m tests.field.world say EVENT         records something at the office, given as JSON
python -m tests.field.world crowd N           adds N persons, two a door, to the western village
python -m tests.field.world events            prints the records that the ledger holds, in order of arrival
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

FLATS = ("101", "102", "201", "202", "301", "302")  # of the only block in the western village; two people in each
BLOCK = "河街1栋1单元"
FAMILIES = ("艾", "白", "岑", "戴", "鄂", "费")
CODES_EACH = 3  # enrolment codes that are made beforehand, for they cost a start of the program each
MEMBERS = (("G1", "checkpoint"), ("A1", "sampler"), ("V1", "village_secretary"))


def flat_mates() -> list[tuple[str, ...]]:
    """Rows of a roster: who lives in the block, F101A and F101B in the household F101 and so on."""
    from tests import town

    rows = []
    for place, (flat, family) in enumerate(zip(FLATS, FAMILIES, strict=True)):
        for letter, given, born in (("A", "一", "19700101"), ("B", "二", "19720202")):
            number = town.id_no(born, 100 + place)
            phone = f"199{place:04d}00{'01' if letter == 'A' else '02'}"
            rows.append((f"F{flat}{letter}", f"F{flat}", "西坪村", family + given, number, phone, f"{BLOCK}{flat}"))
    return rows


def crowd(number: str) -> None:
    """So many more persons in the western village, two a household, of eight groups."""
    import tempfile

    from closeknit.registry.importing import import_roster
    from tests import town

    rows = [
        (f"N{n}", f"M{n // 2}", "西坪村", FAMILIES[n // 2 % 6] + "一二"[n % 2], _born_as(n), "", f"{n // 2 % 8 + 1}组{n // 16 + 1}号")
        for n in range(int(number))
    ]
    with tempfile.TemporaryDirectory() as folder:
        import_roster([town.write_csv(Path(folder) / "crowd.csv", town.HEADINGS, rows)], by="test")


def _born_as(number: int) -> str:
    from tests.town import id_no

    return id_no(f"{1950 + number // 1000}0101", number % 1000)


def _settle(folder: Path) -> None:
    """The block and its people; a site for sampling where the pack has that."""
    from closeknit.policy.packs import policy
    from closeknit.registry.importing import import_roster
    from closeknit.registry.loading import load_places
    from tests import town

    sites = [("TS1", "test_site", "文化广场采样点", town.WEST)] if policy(town.TOWN).has("testing") else []
    for name, heading, rows in (
        ("block.csv", town.HEADINGS, flat_mates()),
        ("sites.csv", ("code", "category", "name", "area"), sites),
    ):
        town.write_csv(folder / name, heading, rows)
    import_roster([folder / "block.csv"], by="test")
    load_places(folder / "sites.csv")


def build(folder: str, pack: str = "cn-covid-2022-v9") -> None:
    """The county of tests/town.py with a block of flats and a site for sampling, and work that goes on now."""
    from django.core.management import call_command

    from closeknit import environment
    from closeknit.areas.models import Area
    from closeknit.campaigns.planning import plan
    from closeknit.kit import clock
    from closeknit.policy.packs import policy
    from closeknit.registry.models import Member
    from tests import town

    call_command("migrate", verbosity=0)
    town.build(Path(folder), pack)
    with clock.at(town.START - timedelta(days=1)):
        _settle(Path(folder))
    now = clock.now()
    running = {"from": now - timedelta(hours=2), "to": now + timedelta(days=9)}
    plan({**town.campaign("today", "doorknock", "households", name="全镇敲门"), **running})
    plan({**town.campaign("patrol", "venues.patrol", {"category": ["shop"]}, name="商店巡查"), **running})
    if policy(town.TOWN).has("testing"):
        plan({**town.campaign("round", "testing.round", "persons", name="第一轮采样"), **running})
    for code, role in MEMBERS:
        Member.objects.create(code=code, name=f"工作人员{code}", role=role, area=town.WEST, learned_at=Area.objects.first().learned_at)
    town.account("ben", "town_clerk", town.TOWN, member="W3")
    with clock.at(now + timedelta(days=1)):  # so that they last longer than ten minutes
        codes = {code: [_invited(code) for _ in range(CODES_EACH)] for code in Member.objects.current().values_list("code", flat=True)}
    (environment.home() / "codes.json").write_text(json.dumps(codes), encoding="utf-8")


def invite(member: str) -> None:
    """The code of a new invitation for a member."""
    print(_invited(member))


def _invited(member: str) -> str:
    from closeknit.sync.enrolment.cards import card_of
    from closeknit.sync.enrolment.inviting import invite as invited

    one = _member(member)
    return invited(card_of(one, by="ben"), area=one.area, by="ben")[1]


def card(member: str) -> None:
    """The text of a member's card."""
    from closeknit.sync.enrolment.cards import card_of, text_of

    print(text_of(card_of(_member(member), by="ben")))


def revoke(device: str) -> None:
    """Revokes a device as the clerk does."""
    from closeknit.kit import clock
    from closeknit.sync.models import Device

    Device.objects.filter(code=device).update(revoked_at=clock.now(), revoked_by="ben", revoked_why="lost")


def helper() -> None:
    """The text of a card for one shift at the gate."""
    from closeknit.kit import clock
    from closeknit.registry.models import Place
    from closeknit.sync.enrolment.cards import card_for_shift, text_of

    gate = Place.objects.current().get(code="CP1")
    print(text_of(card_for_shift("帮手甲", place=gate, until=clock.now() + timedelta(hours=6), unit="", by="ben")))


def move(member: str, area: str, role: str) -> None:
    """A member works elsewhere and as something else from now on."""
    from closeknit.registry.models import Member

    Member.objects.current().filter(code=member).update(area=area, role=role)


def withdraw(member: str) -> None:
    """A member's cards open nothing any more."""
    from closeknit.sync.enrolment.cards import withdraw as withdrawn
    from closeknit.sync.models import Card

    for each in Card.objects.filter(member=member):
        withdrawn(each, by="ben")


def say(told: str) -> None:
    """Records an event, or a list of them, as the office does."""
    from closeknit.ledger.record import record

    events = json.loads(told)
    for event in events if isinstance(events, list) else [events]:
        answer = record(by="W3", **event)
        assert answer.status == "accepted", answer


def events() -> None:
    """The ledger, as JSON."""
    from closeknit.ledger.models import Event
    from closeknit.sync.models import Letter

    rows = [
        {
            "id": str(row.id), "seq": row.seq, "kind": row.kind, "device": row.device, "member": row.member, "household": row.household,
            "person": row.person, "place": row.place, "data": row.data, "told": row.told(), "corrects": str(row.corrects or ""),
            "clock_error": row.clock_error, "at": row.at.isoformat(), "said_at": row.said_at.isoformat(),
        }
        for row in Event.objects.order_by("arrival")
    ]  # fmt: skip
    letters = list(Letter.objects.order_by("seq").values("device", "seq", "member", "state"))
    print(json.dumps({"events": rows, "letters": letters}, ensure_ascii=False))


def _member(code: str) -> Any:
    from closeknit.registry.models import Member

    return Member.objects.current().get(code=code)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "closeknit.settings"
    import django

    django.setup()
    commands = {each.__name__: each for each in (build, crowd, invite, card, helper, revoke, move, withdraw, say, events)}
    commands[sys.argv[1]](*sys.argv[2:])
