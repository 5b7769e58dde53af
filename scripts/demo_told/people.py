"""Codes and passes, a school, doses, and people of the town who are away."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from demo_told.telling import (
    CLERK,
    DAY,
    EVENING,
    LAB,
    NEIGHBOUR,
    NEXT,
    PEACE,
    SCHOOL_SAMPLER,
    TOWN,
    VILLAGE,
    Register,
    Teller,
    at,
    secretary,
    who,
    worker,
)

CLASSES = (("一年级1班", 2015), ("二年级1班", 2014), ("四年级1班", 2012), ("五年级1班", 2011))
SCHOOL, SCHOOL_ROUND = "SCHOOL1", "school-1"


def passes(teller: Teller, register: Register) -> None:
    """Who has a code: most on their own phone, some through a helper, some on paper; an objection that was answered, one that waits."""
    areas = (VILLAGE, NEIGHBOUR, *(f"{TOWN}{end}" for end in ("001", "002", "003", "004")))
    everybody = {area: [each for each in register.persons[area] if 0 < each["born"] < 2019] for area in areas}
    people = everybody[VILLAGE]
    holders = [person for place, each in enumerate(everybody.values()) for person in each[: len(each) * (19 - place) // 20]]
    for number, person in enumerate(holders):
        old = person["born"] < 1948
        way = "paper" if old and number % 2 else "helper" if old or person["born"] > 2008 else "own_phone"
        data: dict[str, Any] = {"way": way}
        if way != "own_phone":
            data["consent"] = "guardian" if person["born"] > 2004 else "spoken"
        if way == "helper":
            data["helper"] = "父母" if person["born"] > 2004 else "同住家人"
        teller.say(at(EVENING, 17, 35), worker(person["area"]), "passes.code_given", person["area"], **who(person), data=data)
    teller.say(at(DAY, 12, 15), worker(VILLAGE), "passes.code_ended", VILLAGE, **who(people[7]), data={"reason": "lost"})
    asked = (("昨天已检测，门口说没有结果", (DAY, 11, 40), people[31]), ("回来好几天了，怎么还不能进市场", (DAY, 14, 20), people[52]))
    for number, (words, when, person) in enumerate(asked):
        own = teller.say(at(*when), worker(VILLAGE), "passes.objected", VILLAGE, **who(person), data={"words": words, "way": "phone"})
        outcome, reason = ("stands", "解除隔离前不得进入，到期即可") if number else ("put_right", "结果 14 时出具，已显示")
        answer = {"objection": own, "outcome": outcome, "reason": reason}
        when = at(NEXT, 10) if number else at(DAY, 15)
        teller.say(when, CLERK, "passes.objection_answered", VILLAGE, person=person["code"], data=answer)


def pupils(register: Register) -> dict[str, list[dict[str, Any]]]:
    """The school's classes: children of five communities, by the year of their birth."""
    near = [f"{TOWN}{end}" for end in ("001", "002", "003", "004", "200", "201")]
    return {name: [each for area in near for each in register.persons[area] if each["born"] == year][:11] for name, year in CLASSES}


def school_campaign(register: Register) -> dict[str, Any]:
    """Everybody of the school is sampled once in these days."""
    codes = sorted(person["code"] for people in pupils(register).values() for person in people)
    return {"code": SCHOOL_ROUND, "kind": "schools.round", "name": "太平街小学师生检测", "area": TOWN, "from": at(DAY, 0).isoformat(),
            "to": at(NEXT + 1, 18).isoformat(), "targets": {"persons": codes}}  # fmt: skip


def school(teller: Teller, register: Register) -> None:
    """A school with four classes, a list of pupils who are drawn each week, a sampling day: three classes are done, one is half done."""
    data = {"group": "SC-01", "label": "太平街小学学生", "label_en": "Pupils of Taiping Street school", "category": "pupils", "share": 0.2,
            "from_day": "2022-03-17"}  # fmt: skip
    teller.say(at(EVENING, 17, 31), CLERK, "routine.group_set", PEACE, place=SCHOOL, data=data)
    for place, (name, people) in enumerate(pupils(register).items()):
        told = {"school_class": name, "state": "in_use", "people": len(people) + (place == 1), "teacher": f"{'周吴郑王'[place]}老师"}
        teller.say(at(EVENING, 17, 32), CLERK, "schools.class_set", PEACE, place=SCHOOL, data=told)
        for person in people:
            told = {"group": "SC-01", "school_class": name, "from_day": "2022-03-17"}
            teller.say(at(EVENING, 17, 33), CLERK, "routine.member_added", PEACE, **who(person), data=told)
        _sampling_day(teller, people[: 5 if place == 3 else None], f"SC{place + 1:03}", place)
    for number, name in enumerate(("教师组", "后勤组")):
        told = {"school_class": name, "state": "in_use", "people": 6 - number, "teacher": "文启蒙"}
        teller.say(at(EVENING, 17, 34), CLERK, "schools.class_set", PEACE, place=SCHOOL, data=told)
    for name in ("一年级", "三年级"):
        told = {"school_class": name, "state": "in_use", "people": 14}
        teller.say(at(EVENING, 17, 34), CLERK, "schools.class_set", f"{TOWN}205", place="SCHOOL2", data=told)


def _sampling_day(teller: Teller, people: Sequence[dict[str, Any]], tube: str, place: int) -> None:
    """One class in the schoolyard, its tube to the laboratory the same day."""
    begins, sampler = at(DAY, 9, 10) + timedelta(minutes=25 * place), SCHOOL_SAMPLER
    for number, person in enumerate(people):
        data = {"tube": f"{tube}-{number // 10 + 1}", "pool": 10, "mode": "site"}
        teller.say(begins + timedelta(minutes=number), sampler, "testing.sampled", PEACE, place=SCHOOL, **who(person), data=data)
    tubes = {f"{tube}-1": min(10, len(people)), **({f"{tube}-2": len(people) - 10} if len(people) > 10 else {})}
    for name, count in tubes.items():
        teller.say(begins + timedelta(minutes=16), sampler, "testing.tube_sealed", PEACE, place=SCHOOL, data={"tube": name, "count": count})
    box = {"tubes": list(tubes), "box": f"S0{place + 1}", "carrier": "镇卫生院 2 号车"}
    teller.say(at(DAY, 11, place), sampler, "testing.handed_over", PEACE, place=SCHOOL, data=box)
    teller.say(at(DAY, 12, 10 + place), "W00205", "testing.received", TOWN, data={"tubes": list(tubes), "lab": LAB})
    for name in tubes if place != 3 else ():
        data = {"tube": name, "result": "negative", "lab": LAB, "tested_at": at(DAY, 15, 5).isoformat()}
        teller.say(at(DAY, 15, 20 + place), "W00205", "testing.resulted", TOWN, data=data)


def vaccination(teller: Teller, register: Register) -> None:
    """How many doses everybody has had; those who are due in two villages were asked, and some came to get theirs."""
    pick = random.Random(17)
    due = []
    for person in register.all():
        if not person["born"] or person["born"] > 2018:
            continue
        grown = person["born"] <= 2003
        doses = pick.choices((0, 1, 2, 3), (3, 3, 34, 60) if grown else (3, 6, 91, 0))[0]
        early = doses < 3 and pick.random() < 0.2
        day = (date(2021, 4, 1) if early else date(2021, 11, 20)) + timedelta(days=pick.randrange(100))
        data: dict[str, Any] = {"doses": doses, "source": "record", **({"last_on": day.isoformat()} if doses else {})}
        teller.say(at(EVENING, 17, 5), worker(person["area"]), "vaccination.base_set", person["area"], **who(person), data=data)
        if grown and doses in (1, 2) and person["area"] in (VILLAGE, NEIGHBOUR):
            due.append(person)
    answers = ("agreed", "agreed", "declined", "agreed", "postponed", "agreed")
    for number, person in enumerate(due[: len(due) * 2 // 3]):
        answer = answers[number % len(answers)]
        more = {"agreed": {"appointment": "2022-03-21"}, "declined": {"reason": "担心副作用"}, "postponed": {"reason": "高血压用药调整中"}}[
            answer
        ]
        when = at(DAY, 9) + timedelta(minutes=5 * number)
        teller.say(when, worker(person["area"]), "vaccination.mobilised", person["area"], **who(person), data={"answer": answer, **more})
        if answer == "agreed" and number % 6 == 3:
            data = {"dose": 3, "vaccine": "灭活疫苗", "site": "浦市镇卫生院"}
            teller.say(when + timedelta(hours=3), worker(person["area"]), "vaccination.given", person["area"], **who(person), data=data)


WHERE = ("浙江省温岭市", "广东省东莞市", "云州市南湖区", "江苏省昆山市", "长沙市")


def away(teller: Teller, register: Register) -> None:
    """Sixteen of the town who work elsewhere: most were called, three mean to come back; two more leave."""
    pick = random.Random(23)
    areas = (VILLAGE, NEIGHBOUR, f"{TOWN}206", f"{TOWN}210", f"{TOWN}215")
    for number in range(16):
        area = areas[number % len(areas)]
        person = pick.choice(register.grown(area))
        data = {"where": WHERE[number % 5], "since": f"2022-02-{10 + number}", "phone": f"199000066{number:02}"}
        teller.say(at(EVENING, 17, 37), secretary(area), "returnees.stays_away", area, **who(person), data=data)
        if number % 8 == 7:
            continue
        called: dict[str, Any] = {"outcome": "no_answer"} if number % 6 == 4 else {"outcome": "reached"}
        if number % 6 == 1:
            called |= {"plans_return": "2022-03-26", "note": "坐高铁到怀化，村里接站"}
        teller.say(at(DAY, 9, 3 * number), secretary(area), "returnees.contacted", area, **who(person), data=called)
    for area, where, day in ((VILLAGE, "广东省东莞市", 20), (NEIGHBOUR, "浙江省温岭市", 21)):
        person = pick.choice(register.grown(area))
        data = {"where": where, "leaves_at": f"2022-03-{day}", "test_wanted": area == VILLAGE, "phone": person["phone"]}
        teller.say(at(DAY, 10, 40), secretary(area), "returnees.leaving", area, **who(person), data=data)
