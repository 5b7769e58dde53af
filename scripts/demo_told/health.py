"""Testing, lists, returnees, isolation, key populations."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from demo_told.telling import (
    CLERK,
    DAY,
    EVENING,
    ISOLATION,
    LAB,
    NEIGHBOUR,
    NEXT,
    ROUND,
    SITE,
    SITE_2,
    TOWN,
    VILLAGE,
    WORKERS,
    Register,
    Teller,
    at,
    who,
    worker,
)


def testing(teller: Teller, register: Register) -> None:
    """A round for two villages: twelve tubes in the morning, some in the afternoon, the neighbour's on the next day."""
    for code, by, area, day, hour in ((SITE, "W00201", VILLAGE, DAY, 8), (SITE_2, "W00203", NEIGHBOUR, NEXT, 8)):
        teller.say(at(day, hour), by, "testing.site_opened", area, place=code, data={"stations": 2})
    queue = iter(register.persons[VILLAGE])
    for number in range(1, 13):
        _tube(teller, [next(queue) for _ in range(10)], f"PX{number:03}", at(DAY, 8, 15) + timedelta(minutes=16 * (number - 1)), SITE,
              count=9 if number == 7 else 10)  # fmt: skip
    for number in range(13, 18):
        _tube(teller, [next(queue) for _ in range(10)], f"PX{number:03}", at(DAY, 14, 30) + timedelta(minutes=35 * (number - 13)), SITE,
              sealed=number != 17)  # fmt: skip
    queue = iter(register.persons[NEIGHBOUR])
    for number in range(1, 19):
        _tube(teller, [next(queue) for _ in range(10)], f"CP{number:03}", at(NEXT, 8, 15) + timedelta(minutes=20 * (number - 1)), SITE_2)
    tubes = [f"PX{number:03}" for number in range(1, 18)]
    singly = [f"PX{901 + number}" for number in range(4)]
    hands = [
        (tubes[:5], "B01", (DAY, 9, 50), (DAY, 10, 40), (DAY, 15, 10)), (tubes[5:9], "B02", (DAY, 11, 0), (DAY, 11, 55), (DAY, 17, 40)),
        (tubes[9:12], "B03", (DAY, 13, 20), (NEXT, 9, 10), (NEXT, 13, 30)),
        ([*tubes[12:16], *singly, "EV001"], "B04", (DAY, 17, 10), (DAY, 18, 20), (DAY, 23, 10)),
    ]  # fmt: skip
    for box, name, gone, came, tested in hands:
        teller.say(
            at(*gone), "W00201", "testing.handed_over", VILLAGE, place=SITE, data={"tubes": box, "box": name, "carrier": "镇卫生院 2 号车"}
        )
        if came:
            teller.say(at(*came), "W00205", "testing.received", TOWN, data={"tubes": box, "lab": LAB})
        for tube in box if tested else ():
            result = "inconclusive" if tube == "PX003" else "negative"
            data = {"tube": tube, "result": result, "lab": LAB, "tested_at": (at(*tested) - timedelta(minutes=20)).isoformat()}
            teller.say(at(*tested), "W00205", "testing.resulted", TOWN, data=data)
    for box, name, hour in (
        ([f"CP{number:03}" for number in range(1, 13)], "B05", 12),
        ([f"CP{number:03}" for number in range(13, 19)], "B06", 14),
    ):
        data = {"tubes": box, "box": name, "carrier": "镇卫生院 2 号车"}
        teller.say(at(NEXT, hour, 40), "W00203", "testing.handed_over", NEIGHBOUR, place=SITE_2, data=data)
        teller.say(at(NEXT, hour + 1, 40), "W00205", "testing.received", TOWN, data={"tubes": box, "lab": LAB})
    teller.say(at(NEXT, 15, 10), "W00203", "testing.site_closed", NEIGHBOUR, place=SITE_2,
               data={"disinfected": True, "waste_bags": 4, "waste_kg": 9, "carrier": "镇卫生院医废专车"})  # fmt: skip
    for number, person in enumerate(register.persons[VILLAGE][20:24]):
        data = {"tube": f"PX{901 + number}", "pool": 1, "round": ROUND, "mode": "home"}
        teller.say(at(DAY, 15, 35 + 4 * number), "W00202", "testing.sampled", VILLAGE, **who(person), data=data)
    teller.say(at(DAY, 17, 45), "W00201", "testing.site_closed", VILLAGE, place=SITE,
               data={"disinfected": True, "waste_bags": 3, "waste_kg": 7.5, "carrier": "镇卫生院医废专车"})  # fmt: skip


def _tube(teller: Teller, people: Sequence[dict[str, Any]], tube: str, begins: datetime, site: str, *, count: int = 10,
          sealed: bool = True) -> None:  # fmt: skip
    area, by = (VILLAGE, "W00201") if site == SITE else (NEIGHBOUR, "W00203")
    for number, person in enumerate(people):
        data = {"tube": tube, "pool": 10, "round": ROUND, "mode": "site", "station": 1}
        teller.say(begins + timedelta(minutes=number), by, "testing.sampled", area, place=site, **who(person), data=data)
    if sealed:
        teller.say(begins + timedelta(minutes=12), by, "testing.tube_sealed", area, place=site, data={"tube": tube, "count": count})


FOUND = ("at_home", "at_home", "elsewhere", "at_home", "moved", "at_home", "no_answer", "at_home", "referred", "at_home")
LIST, LOCKED = "县推第12批", "流调第3号"


def lists(teller: Teller, register: Register) -> None:
    """A list of the county, some of it verified; a short one of the investigation, of which one item is overdue."""
    pick = random.Random(12)
    people = [pick.choice(register.grown(area)) for area in sorted(register.persons) for _ in range(2 if area in WORKERS else 1)]
    due = at(NEXT, 20).isoformat()
    for row, person in enumerate(people[:28], 2):
        if row == 9 or row == 17:
            _doubtful(teller, register, person, row, due)
            continue
        item = _pushed(teller, at(DAY, 8, 40), {**person, "address": register.addresses[person["household"]]}, LIST, "county", row, due)
        teller.say(at(DAY, 8, 41), CLERK, "lists.matched", person["area"], **who(person),
                   data={"item": item, "how": "exact" if row % 4 else "folded"})  # fmt: skip
        if row % 6 == 0:
            _verified(teller, at(NEXT, 9, 30) + timedelta(minutes=9 * row), person, item, "at_home")
        elif row % 3:
            when = at(DAY, 9, 30) + timedelta(minutes=40 * row) if row < 18 else at(NEXT, 8) + timedelta(minutes=25 * (row - 18))
            _verified(teller, when, person, item, FOUND[row % 10])
    for row, (name, phone, address) in enumerate((("符小北", "19900013355", "浦市镇老码头"), ("向阿婆", "", "河对岸养鸭户")), 30):
        told = {"name": name, "phone": phone, "address": address, "reason": "车站登记后未报备", "deadline": due}
        teller.say(at(DAY, 8, 40), CLERK, "lists.pushed", TOWN, data={"list": LIST, "source": "county", "row": row, **told})
    strangers = [pick.choice(register.grown(area)) for area in (VILLAGE, "433122108002", "433122108216")]
    for row, person in enumerate(strangers, 2):
        item = _pushed(teller, at(DAY, 12, 5), person, LOCKED, "investigation", row, at(DAY, 14, 5).isoformat())
        teller.say(at(DAY, 12, 6), CLERK, "lists.matched", person["area"], **who(person), data={"item": item, "how": "exact"})
        if row < 4:
            _verified(teller, at(DAY, 12, 50 + row), person, item, "at_home")
    teller.say(at(DAY, 15, 10), CLERK, "lists.reminded", TOWN, data={"unit": "433122108216", "channel": "phone", "open": 1})


def _doubtful(teller: Teller, register: Register, person: dict[str, Any], row: int, due: str) -> None:
    """The list has a telephone that nobody knows and no ID; the name is one sign off."""
    alike = [each for each in register.persons[person["area"]] if each["name"][:1] == person["name"][:1] and each is not person]
    street = register.addresses[person["household"]].split("号")[0]
    told = {
        **person,
        "name": person["name"][:1] + "小" + person["name"][-1:],
        "id_no": "",
        "phone": f"199000088{row:02}",
        "address": f"{street}号",
    }
    item = _pushed(teller, at(DAY, 8, 40), told, LIST, "county", row, due)
    codes = [person["code"], *(each["code"] for each in alike[:1])]
    teller.say(at(DAY, 8, 41), CLERK, "lists.matched", person["area"], data={"item": item, "how": "doubtful", "candidates": codes})


def _pushed(teller: Teller, when: datetime, person: dict[str, Any], name: str, source: str, row: int, due: str) -> str:
    told = {each: person[each] for each in ("name", "id_no", "phone", "address") if person.get(each)}
    why = {"county": "途经云州市城北区", "investigation": "与病例同乘班车"}[source]
    data = {"list": name, "source": source, "row": row, "file": f"{name}.xlsx", **told, "reason": why, "deadline": due}
    if row == 15:
        data |= {"colour": "橙黄", "note": "码色待核"}
    return teller.say(when, CLERK, "lists.pushed", person["area"], data=data)


def _verified(teller: Teller, when: datetime, person: dict[str, Any], item: str, outcome: str) -> None:
    data = {"item": item, "outcome": outcome, "way": "call" if outcome in ("elsewhere", "no_answer") else "visit"}
    if outcome == "at_home":
        data["measure"] = "home_monitor"
    teller.say(when, worker(person["area"]), "lists.verified", person["area"], **who(person), data=data)


def returnees(teller: Teller, register: Register) -> list[tuple[dict[str, Any], str]]:
    """Those who come from areas of a class; four of them isolate, and the declaration is what the order rests on."""
    for where, level in (("云州市城北区", "high"), ("云州市临港区", "medium")):
        teller.say(at(EVENING, 17, 5), CLERK, "returnees.risk_area_set", TOWN, data={"where": where, "level": level, "from": "2022-03-08"})
    pick, made = random.Random(7), []
    plans = (("433122108003", "high", 11), ("433122108207", "high", 12), (VILLAGE, "high", DAY), ("433122108211", "medium", 14),
             ("433122108004", "medium", DAY), (NEIGHBOUR, "low", DAY))  # fmt: skip
    for number, (area, risk, day) in enumerate(plans):
        person = pick.choice(register.grown(area))
        told = {"origin": "云州市临港区" if risk == "medium" else "云州市城北区" if risk == "high" else "云州市南湖区", "risk_stay": risk}
        data = {
            "name": person["name"],
            "phone": person["phone"],
            "arrived_at": f"2022-03-{day:02}",
            "transport": "客车",
            "way": "phone",
            **told,
        }
        own = teller.say(at(day, 9, 4 * number), worker(area), "returnees.declared", area, late=day < DAY, **who(person), data=data)
        if number != 5:
            verified = {"outcome": "confirmed", "measure": {"high": "central", "medium": "home"}.get(risk, "none")}
            teller.say(at(day, 9, 30 + number), worker(area), "returnees.verified", area, late=day < DAY, **who(person), data=verified)
        made.append((person, own))
    return made


def isolation(teller: Teller, held: Sequence[tuple[dict[str, Any], str]]) -> None:
    """Two in the site since a week, of whom one is free on each day; one on the way; one at home, who objects."""
    staff = "433122108200"
    for room, beds, state in (("301", 1, "in_use"), ("302", 1, "in_use"), ("303", 2, "in_use"), ("304", 2, "closed")):
        data = {"room": room, "beds": beds, "state": state, **({"reason": "漏水待修"} if state == "closed" else {})}
        teller.say(at(EVENING, 17, 10), CLERK, "isolation.room_set", staff, place=ISOLATION, data=data)
    orders = ((0, 11, "central", "risk_high", "2022-03-18"), (1, 12, "central", "risk_high", "2022-03-19"),
              (2, DAY, "central", "risk_high", "2022-03-25"), (3, 14, "home", "risk_medium", "2022-03-21"))  # fmt: skip
    for number, day, measure, rule, until in orders:
        person, ground = held[number]
        data = {
            "measure": measure,
            "rule": rule,
            "evidence": [ground],
            "until": until,
            "told": "paper",
            "order_no": f"浦隔〔{number + 1}〕号",
        }
        teller.say(at(day, 10, 10 + number), CLERK, "isolation.ordered", person["area"], late=day < DAY, **who(person), data=data)
        if number < 2:
            brought = {"stage": "arrived", "to": ISOLATION, "vehicle": "湘U99001", "received_by": "田知秋"}
            teller.say(at(day, 14), "W00207", "isolation.transferred", staff, late=True, place=ISOLATION, **who(person), data=brought)
            teller.say(at(day, 14, 20), "W00207", "isolation.room_given", staff, late=True, place=ISOLATION, **who(person),
                       data={"room": f"30{number + 1}"})  # fmt: skip
    first, second, moved, home = (person for person, _ in held[:4])
    for stage, minute in (("requested", 0), ("left", 55)):
        told = {"stage": stage, "to": ISOLATION, "needs": ["medicine"], **({"vehicle": "湘U99001", "escort": "石云舟"} if minute else {})}
        teller.say(at(DAY, 14, minute), CLERK, "isolation.transferred", moved["area"], **who(moved), data=told)
    teller.say(at(EVENING, 19), "W00207", "isolation.needs_told", staff, place=ISOLATION, **who(second),
               data={"needs": ["diet"], "note": "糖尿病，低糖饮食"})  # fmt: skip
    for day, hour, period, people in (
        (DAY, 8, "morning", (first, second, home)), (DAY, 18, "evening", (first, second)), (NEXT, 8, "morning", (second, moved, home)),
    ):  # fmt: skip
        for number, person in enumerate(people):
            warm = person is second and day == NEXT
            data = {"temperature": 37.6 if warm else 36.3 + number / 10, "period": period, **({"symptoms": ["咳嗽"]} if warm else {})}
            where = {} if person is home else {"place": ISOLATION}
            teller.say(
                at(day, hour, 5 + number),
                "W00207",
                "isolation.checked",
                staff if where else home["area"],
                **where,
                **who(person),
                data=data,
            )
    teller.say(at(DAY, 18, 50), "W00207", "isolation.transferred", staff, place=ISOLATION, **who(moved),
               data={"stage": "arrived", "to": ISOLATION, "received_by": "田知秋"})  # fmt: skip
    teller.say(at(DAY, 18, 55), "W00207", "isolation.room_given", staff, place=ISOLATION, **who(moved), data={"room": "303"})
    teller.say(at(DAY, 11, 20), worker(home["area"]), "isolation.objected", home["area"], **who(home),
               data={"words": "我只在服务区停了十分钟，没有进城", "way": "phone"})  # fmt: skip
    teller.say(at(NEXT, 7, 40), CLERK, "isolation.released", staff, place=ISOLATION, **who(first),
               data={"reason": "期满且检测阴性", "told": "paper", "release_no": "浦解〔1〕号"})  # fmt: skip


def routine(teller: Teller, register: Register) -> None:
    """Two key populations; who was sampled lately owes nothing, the others are overdue."""
    groups = (
        ("KP-01", "镇区商超、快递从业人员", "Shops and couriers of the town", "services", 24),
        ("KP-02", "镇敬老院", "Care home", "care_homes", 12),
    )
    for code, label, english, category, number in groups:
        data = {"group": code, "label": label, "label_en": english, "category": category, "from_day": "2022-03-08"}
        teller.say(at(EVENING, 17, 55), CLERK, "routine.group_set", TOWN, data=data)
        areas = ("433122108001", "433122108002", "433122108003") if category == "services" else ("433122108004",)
        old = [each for each in register.persons["433122108004"] if 0 < each["born"] < 1952]
        pool = old if category == "care_homes" else [each for area in areas for each in register.grown(area)[20:28]]
        for place, person in enumerate(pool[:number]):
            teller.say(
                at(EVENING, 17, 56), CLERK, "routine.member_added", TOWN, **who(person), data={"group": code, "from_day": "2022-03-08"}
            )
            if place % 4 != 3:
                day = 15 if place % 5 == 1 and category == "services" else EVENING
                data = {"tube": f"KP{code[-1]}{place:02}", "pool": 1, "mode": "site"}
                when = at(day, 18, place) if day == EVENING else at(day, 10, place)
                teller.say(when, "W00202", "testing.sampled", person["area"], late=day != EVENING, **who(person), data=data)
                _single(teller, data["tube"], day)
    for place, area, days in (("V0003", "433122108001", 7), ("V0008", "433122108002", 7)):
        teller.say(at(EVENING, 18), CLERK, "routine.place_set", area, place=place, data={"cadence_days": days, "objects": "冰柜内壁、案板"})
    teller.say(
        at(DAY, 10), "W00202", "testing.environment_sampled", "433122108001", place="V0003", data={"tube": "EV001", "object": "冰柜内壁"}
    )


def _single(teller: Teller, tube: str, day: int) -> None:
    """A tube of one person: over to the laboratory in the evening, its result in the night."""
    box = {"tubes": [tube], "box": f"K{day}", "carrier": "镇卫生院 2 号车"}
    late = day != EVENING
    teller.say(at(day, 20), "W00202", "testing.handed_over", "433122108001", late=late, data=box)
    teller.say(at(day, 21), "W00206", "testing.received", TOWN, late=late, data={"tubes": [tube], "lab": LAB})
    data = {"tube": tube, "result": "negative", "lab": LAB, "tested_at": at(day, 23, 40).isoformat()}
    teller.say(at(day, 23, 50), "W00206", "testing.resulted", TOWN, late=late, data=data)
