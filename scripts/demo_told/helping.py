"""Care, supplies and those who work."""

import random
from datetime import datetime, timedelta
from typing import Any

from demo_told.telling import (
    CHECKPOINTS,
    CLERK,
    DAY,
    EVENING,
    MEMBERS,
    NEIGHBOUR,
    NEXT,
    POST,
    SAMPLERS,
    SITE,
    SITE_2,
    STORE,
    TOWN,
    VILLAGE,
    Register,
    Teller,
    at,
    who,
    worker,
)


def care(teller: Teller, register: Register) -> None:
    """Nearly everybody who lives alone was looked after; six ask for help; one is referred."""
    pick = random.Random(3)
    alone = [each for each in register.all() if each["alone"]]
    for number, person in enumerate(alone):
        if number % 13 == 5:
            continue
        when = at(pick.choice((EVENING, DAY)), 18) if number % 2 else at(DAY, 9)
        when += timedelta(minutes=pick.randrange(100))
        outcome = "absent" if number % 29 == 7 else "met"
        data = {"outcome": outcome, **({"done": pick.choice(("送药上门", "测体温", "教用手机", "送菜上门"))} if outcome == "met" else {})}
        teller.say(when, worker(person["area"]), "care.visited", person["area"], **who(person), data=data)
    asks = (
        ("doctor", "emergency", "phone", "老人胸痛、出冷汗，要救护车", (DAY, 15, 25)),
        ("medicine", "urgent", "visit", "降压药断药两天", (DAY, 10, 5)),
        ("baby", "urgent", "phone", "奶粉只够今晚", (DAY, 13, 15)), ("food", "normal", "door", "家里没米了，买不到菜", (DAY, 9, 10)),
        ("repair", "normal", "phone", "水管爆了，院子淹水", (DAY, 11, 0)),
        ("question", "normal", "phone", "孩子明天回校要什么证明", (DAY, 14, 0)),
    )  # fmt: skip
    areas = ("433122108002", VILLAGE, VILLAGE, "433122108206", NEIGHBOUR, VILLAGE)
    own: list[tuple[str, dict[str, Any]]] = []
    for (matter, urgency, way, words, when), area in zip(asks, areas, strict=True):
        person = pick.choice([each for each in register.persons[area] if each["alone"]] or register.grown(area))
        data = {"matter": matter, "urgency": urgency, "way": way, "words": words, "name": person["name"], "phone": person["phone"]}
        own.append((teller.say(at(*when), worker(area), "care.help_requested", area, **who(person), data=data), person))
    taken = ((0, (DAY, 15, 28)), (1, (DAY, 10, 20)), (3, (DAY, 9, 40)), (4, (DAY, 11, 30)),
             (2, (DAY, 14, 0)))  # fmt: skip
    closed = ((0, "helped", (DAY, 16, 40)), (1, "helped", (DAY, 12, 10)), (3, "helped", (DAY, 10, 50)), (2, "helped", (NEXT, 7, 50)),
              (4, "helped", (NEXT, 9, 30)))  # fmt: skip
    for number, when in taken:
        person = own[number][1]
        owner = {"request": own[number][0], "owner": worker(person["area"])}
        teller.say(at(*when), CLERK, "care.help_taken", person["area"], **who(person), data=owner)
    for number, outcome, when in closed:
        person = own[number][1]
        teller.say(
            at(*when), CLERK, "care.help_closed", person["area"], **who(person), data={"request": own[number][0], "outcome": outcome}
        )
    person = own[3][1]
    referred = teller.say(at(DAY, 11, 5), CLERK, "care.referred", person["area"], **who(person),
                          data={"to": "civil_affairs", "words": "独居无收入，申请临时救助", "request": own[3][0]})  # fmt: skip
    teller.say(at(DAY, 14, 45), CLERK, "care.referral_answered", person["area"], **who(person),
               data={"referral": referred, "outcome": "accepted", "words": "民政所下周一入户核查"})  # fmt: skip
    _tagged(teller, register)


def _tagged(teller: Teller, register: Register) -> None:
    """Whom the visits put on the list of those to be looked after, whom they took off it, and who was told by telephone."""
    people = [each for each in register.persons[VILLAGE] if not each["alone"]]
    tags = ((5, "immobile", "set"), (17, "no_phone", "set"), (40, "disabled", "set"), (17, "no_phone", "removed"))
    for number, (place, tag, state) in enumerate(tags):
        data = {"tag": tag, "state": state, **({"reason": "子女已为其配手机"} if state == "removed" else {})}
        teller.say(at(DAY, 9 + number, 50), worker(VILLAGE), "care.tagged", VILLAGE, **who(people[place]), data=data)
    for number, home in enumerate(register.households[VILLAGE][70:82]):
        data = {"outcome": "no_answer" if number % 5 == 3 else "reached"}
        teller.say(at(DAY, 14, 3 * number), worker(VILLAGE), "doorknock.phoned", VILLAGE, household=home, data=data)


def supplies(teller: Teller, register: Register) -> None:
    """One village's sign-up of the morning, half of it at the doors by the afternoon; three lines wait; stock at three places."""
    pick = random.Random(5)
    offers = (("vegetable", "蔬菜包", "Vegetable pack", 30), ("meat", "肉类包", "Meat pack", 60))
    for pack, title, english, price in offers:
        told = {"pack": pack, "title": title, "title_en": english, "price": price, "unit": "份"}
        teller.say(at(EVENING, 17, 30), CLERK, "supplies.pack_offered", TOWN, place=STORE, data=told)
    homes = pick.sample(register.households[VILLAGE], 36)
    orders = [(home, pick.choice(("vegetable", "vegetable", "meat")), pick.choice((1, 1, 2))) for home in homes]
    for home, pack, number in orders:
        data = {"pack": pack, "quantity": number, "channel": "chat", "chain": "1", "paid": "paid"}
        teller.say(at(DAY, 9, 15), CLERK, "supplies.ordered", VILLAGE, household=home, data=data)
    for line, why in (
        ("37. 我家也要两份菜", "no_door"),
        ("38. 河西巷999号 肉一份", "unknown_door"),
        ("39. 和平里28号 跟上次一样", "unread"),
    ):
        teller.say(at(DAY, 9, 15), CLERK, "supplies.line_parked", VILLAGE, data={"line": line, "why": why, "day": "2022-03-18"})
    for pack, _, _, _ in offers:
        wanted = sum(number for _, each, number in orders if each == pack)
        data = {"day": "2022-03-18", "pack": pack, "quantity": wanted - (pack == "meat")}
        teller.say(at(DAY, 11, 30), "W00210", "supplies.picked", VILLAGE, place=STORE, data=data)
    for number, (home, pack, quantity) in enumerate(orders[:28]):
        when = at(DAY, 13, 30) + timedelta(minutes=5 * number) if number < 18 else at(DAY, 17) + timedelta(minutes=9 * number)
        if number == 11:
            teller.say(when, "W00021", "supplies.fell_short", VILLAGE, household=home,
                       data={"pack": pack, "quantity": quantity, "why": "nobody_home"})  # fmt: skip
            continue
        teller.say(
            when, "W00021", "supplies.delivered", VILLAGE, household=home, data={"pack": pack, "quantity": quantity, "handed_to": "户主"}
        )
    moves = (
        (STORE, "433122108001", "口罩", 2000, 500, (-600, -500)), (STORE, "433122108001", "防护服", 120, 50, (-40, -30)),
        (STORE, "433122108001", "消毒液（桶）", 40, 10, (-12,)), (POST, VILLAGE, "口罩", 300, 200, (-80, -90)),
        (POST, VILLAGE, "测温枪", 4, 2, ()), ("CP2", VILLAGE, "口罩", 200, 50, (-60,)),
    )  # fmt: skip
    for place, area, item, came, least, gone in moves:
        teller.say(at(EVENING, 17, 40), "W00210", "supplies.stock_moved", area, place=place,
                   data={"item": item, "quantity": came, "reason": "received"})  # fmt: skip
        teller.say(at(EVENING, 17, 50), CLERK, "supplies.minimum_set", area, place=place, data={"item": item, "quantity": least})
        for number, quantity in enumerate(gone):
            teller.say(at(DAY, 9 + 4 * number), "W00210", "supplies.stock_moved", area, place=place,
                       data={"item": item, "quantity": quantity, "reason": "issued"})  # fmt: skip


def workforce(teller: Teller) -> None:
    """Three shifts at each checkpoint, two people a shift, three times nobody came; the sites; teams, an order, a call."""
    wanted = [(place, area, "checkpoint", 2, 0, 24) for place, area, _ in CHECKPOINTS]
    wanted += [(SITE, VILLAGE, post, number, 8, 18) for post, number in (("sampling", 2), ("registration", 2), ("order", 1))]
    wanted += [(SITE_2, NEIGHBOUR, post, number, 8, 16) for post, number in (("sampling", 2), ("order", 1))]
    for place, area, post, number, begins, ends in wanted:
        data = {"post": post, "number": number, "from_hour": begins, "to_hour": ends}
        when = at(DAY, 18, 5) if place == SITE_2 else at(EVENING, 17, 15)
        teller.say(when, CLERK, "deployment.need_set", area, place=place, data=data)
    for post in ("sampling", "registration", "order"):  # the first site is closed for good in the evening
        gone = {"post": post, "number": 0, "from_hour": 8, "to_hour": 18}
        teller.say(at(DAY, 17, 55), CLERK, "deployment.need_set", VILLAGE, place=SITE, data=gone)
    for code, _, area in SAMPLERS:
        data = {"worker": code, "skill": "sampling", "until": "2022-12-31", "certificate": "卫健局名册"}
        teller.say(at(EVENING, 17, 25), CLERK, "deployment.skill_confirmed", area, data=data)
    missing = {("CP3", 2, DAY), ("CP2", 0, NEXT), ("CP1", 1, NEXT)}
    for place, area, chief in CHECKPOINTS:
        people = [chief, *(row["code"] for row in MEMBERS if row["role"] == "checkpoint" and row["area"] == area and row["code"] != chief)]
        for day, part in [(EVENING, 2), *((day, part) for day in (DAY, NEXT) for part in range(3))]:
            begins = at(day, 8 * part)
            for number, code in enumerate(people[2 * part : 2 * part + 2]):
                if day != EVENING:
                    shift(teller, code, place, area, "checkpoint", begins, 8)
                if not (number and (place, part, day) in missing):
                    stint(teller, code, place, area, "checkpoint", begins, 8)
    for code, _, area in SAMPLERS:
        site, day = (SITE, DAY) if area == VILLAGE else (SITE_2, NEXT)
        shift(teller, code, site, area, "sampling", at(day, 8), 10 if day == DAY else 7)
        stint(teller, code, site, area, "sampling", at(day, 8), 10 if day == DAY else 7)
    for code, post in (("W00019", "registration"), ("W00106", "order")):
        stint(teller, code, SITE, VILLAGE, post, at(DAY, 8), 10)
    for number, (site, area, post, begins, ends) in enumerate(((SITE, VILLAGE, "order", (DAY, 15), (DAY, 22)),
                                                               (SITE_2, NEIGHBOUR, "order", (NEXT, 8), (NEXT, 16))), 1):  # fmt: skip
        data = {"order": f"浦调{number:03}", "post": post, "number": 3, "unit": "县司法局", "from_at": at(*begins).isoformat(),
                "to_at": at(*ends).isoformat()}  # fmt: skip
        teller.say(at(DAY, 11, 40 + number), CLERK, "deployment.ordered", area, place=site, data=data)
    teller.say(at(DAY, 15, 20), "W00106", "deployment.confirmed", VILLAGE, place=SITE,
               data={"order": "浦调001", "arrived": 2, "members": ["W00226", "W00227"]})  # fmt: skip
    teams = (("浦溪村突击队", "突击队", VILLAGE, "W00106", ["W00106", "W00019", "W00020", "W00021"]),
             ("县直先锋队", "先锋队", TOWN, "W00226", ["W00226", "W00227", "W00228"]))  # fmt: skip
    for name, sort, area, leader, members in teams:
        data = {"team": name, "type": sort, "leader": leader, "members": members, "since": "2022-03-17"}
        teller.say(at(EVENING, 17, 35), CLERK, "deployment.team_formed", area, data=data)
    teller.say(at(EVENING, 17, 36), CLERK, "deployment.paired", VILLAGE,
               data={"way": "paired", "unit": "县司法局", "contact": "W00226", "since": "2022-03-17"})  # fmt: skip
    told = {
        "call": "浦招01",
        "post": "order",
        "number": 6,
        "day": "2022-03-19",
        "from_hour": 8,
        "to_hour": 16,
        "text": "长坪村采样点维持秩序",
    }
    teller.say(at(DAY, 10), CLERK, "deployment.called", NEIGHBOUR, place=SITE_2, data=told)
    for number, (name, category, came) in enumerate((("夏小荷", "student", False), ("秦海棠", "teacher", False),
                                                     ("高远山", "volunteer", True),
                                                     ("梅映雪", "student", False))):  # fmt: skip
        data = {"call": "浦招01", "name": name, "phone": f"1990000777{number}", "category": category, "walk_in": came}
        teller.say(at(DAY, 10, 40) + timedelta(minutes=55 * number), CLERK, "deployment.signed_up", NEIGHBOUR, data=data)


def shift(teller: Teller, code: str, place: str, area: str, post: str, begins: datetime, hours: int) -> None:
    """A shift as the roster has it."""
    data = {"post": post, "worker": code, "from_at": begins.isoformat(), "to_at": (begins + timedelta(hours=hours)).isoformat()}
    teller.say(at(EVENING, 17, 45), CLERK, "deployment.shift_planned", area, place=place, data=data)


def stint(teller: Teller, code: str, place: str, area: str, post: str, begins: datetime, hours: int) -> None:
    """Somebody came on duty, and went."""
    come = max(begins - timedelta(minutes=6), at(EVENING, 17, 30))
    told = {"post": post, "protection": ["mask", "gloves"] if post != "sampling" else ["mask", "gloves", "shield", "suit"], "well": True}
    teller.say(come, code, "workforce.signed_in", area, place=place, data=told)
    teller.say(begins + timedelta(hours=hours, minutes=4), code, "workforce.signed_out", area, place=place, data={})
