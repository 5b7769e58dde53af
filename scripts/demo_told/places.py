"""Shops, cold stores, clinics and entrances: what is found there, ordered, put right, and who comes in."""

import random
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from demo_told.telling import (
    BRIDGE,
    CLERK,
    CROSSROADS,
    DAY,
    EVENING,
    NEW_STREET,
    NEXT,
    NURSE,
    OFFICE,
    PEACE,
    REVIEWER,
    SECRETARY,
    TOWN,
    VILLAGE,
    Register,
    Teller,
    at,
    who,
    worker,
)

FIRST, SECOND, THIRD = "第1次联合检查", "第2次联合检查", "冻品专项检查"
NO_NOTICE, NO_LIST, NO_MASKS, NO_LICENCE = "未张贴进入登记标识", "未落实进入登记", "未佩戴口罩", "无证或超范围经营"
SHOPS = {  # code: area
    "V0003": CROSSROADS, "V0006": CROSSROADS, "V0012": CROSSROADS, "V0001": PEACE, "V0008": PEACE, "V0005": NEW_STREET,
    "V0009": NEW_STREET, "V0002": BRIDGE, "V0010": BRIDGE, "V0013": BRIDGE,
}  # fmt: skip
OFFICERS = ["马琴 湘执法 31220088", "蔡裕 湘执法 31220090"]


def act(run: str, place: str, action: str) -> str:
    """The number of an act, as docs/field-records.md says."""
    return sha256(f"{run}|{place}|{action}".encode()).hexdigest()[:12]


def inspections(teller: Teller) -> None:
    """Three runs: orders to correct, a closure, a sealing that was lifted, a finding that was found again, objections."""
    runs = (
        (FIRST, "W00088", (11, 9), (("V0012", [NO_LIST], "rectify"), ("V0008", [NO_MASKS], "rectify"), ("V0002", [], "none"))),
        (SECOND, "W00088", (DAY, 9), (
            ("V0003", [], "none"), ("V0006", [NO_NOTICE], "rectify"), ("V0012", [NO_LIST, NO_MASKS], "rectify"), ("V0001", [], "none"),
            ("V0008", [], "none"), ("V0005", [NO_NOTICE, NO_LIST], "rectify"), ("V0010", [NO_LICENCE], "close"))),
        (THIRD, "W00090", (DAY, 13), (("V0013", ["冻品无进货凭证"], "seal"), ("V0009", [], "none"))),
    )  # fmt: skip
    for run, by, (day, hour), visited in runs:
        for number, (place, findings, action) in enumerate(visited):
            data = {"run": run, "actions": [action], "findings": findings, "manner": "unannounced",
                    "accompanied_by": ["市质监所", "派出所"], "department": "镇联合检查组"}  # fmt: skip
            if findings:
                data["evidence"] = [f"照片 {number + 1} 张"]
            teller.say(
                at(day, hour) + timedelta(minutes=14 * number),
                by,
                "inspections.inspected",
                SHOPS[place],
                late=day < EVENING,
                place=place,
                data=data,
            )
    _orders(teller)
    _after(teller)


def _orders(teller: Teller) -> None:
    rest = "《传染病防治法》第五十三条"
    orders = (
        (FIRST, "V0012", "rectify", "town_government", rest, "浦责改1号", "2022-03-14", (11, 15)),
        (FIRST, "V0008", "rectify", "town_government", rest, "浦责改2号", "2022-03-14", (11, 15)),
        (SECOND, "V0006", "rectify", "town_government", rest, "浦责改3号", "2022-03-19", (DAY, 11)),
        (SECOND, "V0012", "rectify", "town_government", rest, "浦责改4号", "2022-03-19", (DAY, 11)),
        (SECOND, "V0005", "rectify", "town_government", rest, "浦责改5号", "2022-03-19", (DAY, 11)),
        (SECOND, "V0010", "close", "market_supervision", "《食品安全法》第一百二十二条", "泸市监停7号", "2022-04-01", (DAY, 12)),
        (THIRD, "V0013", "seal", "market_supervision", "《食品安全法》第一百一十条", "泸市监查3号", "2022-04-16", (DAY, 14)),
    )
    for number, (run, place, action, office, basis, paper, until, (day, hour)) in enumerate(orders):
        late, when = day < EVENING, at(day, hour, 5 * number)
        data = {"act": act(run, place, action), "action": action, "office": office, "legal_basis": basis, "officers": OFFICERS,
                "number": paper, "until": until, "condition": "全部问题整改到位", "heard": True}  # fmt: skip
        teller.say(when, OFFICE, "inspections.written", SHOPS[place], late=late, place=place, data=data)
        served = {"act": data["act"], "way": "left" if place == "V0010" else "handed", "receiver": "店主"}
        took = timedelta(hours=21) if place == "V0005" else timedelta(minutes=20)  # this one was shut until the next morning
        teller.say(when + took, OFFICE, "inspections.served", SHOPS[place], late=late, place=place, data=served)


def _after(teller: Teller) -> None:
    """What became of it: put right, looked back, objected to, lifted, handed over."""
    done = (("V0012", NO_LIST, 13, 14), ("V0008", NO_MASKS, 12, 13), ("V0006", NO_NOTICE, DAY, DAY))
    for place, finding, day, again in done:
        area, late = SHOPS[place], day < EVENING
        told = {"finding": finding, "evidence": "整改照片"}
        teller.say(at(day, 14, 10), "W00092", "inspections.rectified", area, late=late, place=place, data=told)
        back = {"outcome": "closed", "finding": finding}
        teller.say(at(again, 15, 5), "W00092", "inspections.looked_back", area, late=late, place=place, data=back)
    place, area = "V0010", BRIDGE
    own = teller.say(at(DAY, 13, 10), "W00092", "inspections.objected", area, place=place,
                     data={"words": "许可证正在换发，请求先恢复日用品销售", "action": "close", "way": "spoken"})  # fmt: skip
    decided = {
        "act": act(SECOND, place, "close"),
        "objection": own,
        "outcome": "upheld",
        "reason": "许可证已过期两个月，换发前不得经营食品",
    }
    teller.say(at(DAY, 15, 20), REVIEWER, "inspections.objection_decided", area, place=place, data=decided)
    teller.say(at(DAY, 14, 50), "W00090", "inspections.objected", BRIDGE, place="V0013",
               data={"words": "凭证在供货商处，明日可补", "action": "seal", "way": "phone"})  # fmt: skip
    told = {"department": "market_supervision", "matter": "冻品来源不明，请追查供货商", "act": act(THIRD, "V0013", "seal")}
    own = teller.say(at(DAY, 14, 55), OFFICE, "inspections.department_told", BRIDGE, place="V0013", data=told)
    answer = {"referral": own, "outcome": "acting", "words": "已联系供货商所在地协查"}
    teller.say(at(DAY, 15, 35), OFFICE, "inspections.department_acted", BRIDGE, place="V0013", data=answer)
    answer = {"referral": own, "outcome": "done", "words": "供货商已查实，凭证补齐"}
    teller.say(at(NEXT, 9, 20), OFFICE, "inspections.department_acted", BRIDGE, place="V0013", data=answer)
    own = teller.say(at(DAY, 10, 15), "W00211", "inspections.transport_suspected", CROSSROADS, place="CP1",
                     data={"plate": "湘U99Z17", "vehicle": "面包车", "occupants": 6, "words": "收费拼车，无营运手续"})  # fmt: skip
    answer = {"referral": own, "outcome": "done", "words": "交通执法已暂扣车辆"}
    teller.say(at(DAY, 13, 40), OFFICE, "inspections.department_acted", CROSSROADS, place="CP1", data=answer)
    teller.say(
        at(NEXT, 9, 30), OFFICE, "inspections.lifted", BRIDGE, place="V0013", data={"action": "seal", "reason": "凭证补齐，核查无误"}
    )
    text = {"title": "某商行超范围经营被责令停业", "text": "联合检查发现某商行许可证过期仍销售散装食品，依法责令停业。请经营者及时换证。"}
    own = teller.say(at(DAY, 15, 25), OFFICE, "cases.drafted", BRIDGE, place=place, data={**text, "act": act(SECOND, place, "close")})
    teller.say(at(DAY, 15, 45), SECRETARY, "cases.published", TOWN, data={**text, "case": own})
    text = {"title": "某药店整改后复查合格", "text": "检查发现某药店未张贴进入登记标识，当日整改，复查合格。"}
    teller.say(at(DAY, 15, 30), OFFICE, "cases.drafted", CROSSROADS, place="V0006", data={**text, "act": act(SECOND, "V0006", "rectify")})


def cold_chain(teller: Teller) -> None:
    """Three stores, one of them without the firm's chief; goods with and without their certificates; a post on the road."""
    checks = (
        ("COLD1", CROSSROADS, "W00088", (15, 9), ["territory", "industry", "enterprise"], True, []),
        ("COLD1", CROSSROADS, "W00090", (DAY, 9), ["territory", "enterprise"], True, []),
        ("COLD2", BRIDGE, "W00092", (DAY, 10), ["territory", "industry", "enterprise"], True, ["出库台账漏登 1 笔"]),
        ("COLD3", "433122108207", "W00096", (DAY, 11), ["territory"], True, ["企业库长未明确"]),
    )  # fmt: skip
    for place, area, by, (day, hour), chiefs, notice, problems in checks:
        teller.say(at(day, hour, 20), by, "coldchain.store_checked", area, late=day < EVENING, place=place,
                   data={"chiefs_present": chiefs, "notice_posted": notice, "problems": problems})  # fmt: skip
    batches = (
        ("COLD1", CROSSROADS, "W00240", "PJ-11", "冻带鱼", True, "东海", 800, ["customs", "test", "disinfection"], (15, 15),
         "released"),
        ("COLD1", CROSSROADS, "W00240", "PJ-12", "冻牛腱", True, "进口", 1200, ["customs", "disinfection"], (DAY, 8), "held"),
        ("COLD2", BRIDGE, "W00241", "HJ-08", "冻鸡爪", True, "进口", 450, ["customs"], (DAY, 9), "held"),
        ("COLD2", BRIDGE, "W00241", "HJ-07", "冻水饺", False, "长沙", 600, [], (EVENING, 17), "released"),
        ("COLD3", "433122108207", "W00096", "XB-03", "本地鱼", False, "泸溪", 90, [], (DAY, 7), "released"),
    )  # fmt: skip
    for place, area, by, batch, goods, imported, origin, weight, papers, (day, hour), outcome in batches:
        late = day < EVENING
        told = {"batch": batch, "goods": goods, "imported": imported, "origin": origin, "quantity_kg": weight, "certificates": papers}
        teller.say(at(day, hour, 5), by, "coldchain.batch_arrived", area, late=late, place=place, data=told)
        if outcome:
            said = {"batch": batch, "outcome": outcome, **({"reason": "缺检测报告，暂不出库"} if outcome == "held" else {})}
            teller.say(at(day, hour, 50), by, "coldchain.batch_decided", area, late=late, place=place, data=said)
    teller.say(at(DAY, 15), "W00240", "coldchain.certificate_shown", CROSSROADS, place="COLD1",
               data={"batch": "PJ-12", "certificate": "test", "number": "JC-07"})  # fmt: skip
    teller.say(at(DAY, 15, 10), "W00240", "coldchain.batch_decided", CROSSROADS, place="COLD1",
               data={"batch": "PJ-12", "outcome": "released"})  # fmt: skip
    for day, officer in ((EVENING, "W00088"), (DAY, "W00092"), (NEXT, "W00096"), (NEXT + 1, "W00088")):
        teller.say(at(EVENING, 17, 22), CLERK, "coldchain.duty_set", TOWN, data={"day": f"2022-03-{day}", "worker": officer})
    pick = random.Random(77)
    for day, first, last in ((EVENING, 18, 22), (DAY, 6, 22), (NEXT, 6, 18)):
        for hour in range(first, last, 2):
            whole = pick.random() < 0.9
            data = {"plate": f"湘U99C{pick.randrange(100):02}", "goods": pick.choice(("冻品", "鲜奶", "冷鲜肉", "疫苗")),
             "certificate": whole,
                    "decision": "admitted" if whole else "turned_away", **({} if whole else {"reason": "无检测报告"})}  # fmt: skip
            teller.say(at(day, hour, pick.randrange(60)), "W00212", "coldchain.vehicle_checked", CROSSROADS, place="COLDPOST1", data=data)


def clinics(teller: Teller) -> None:
    """Four institutions; one never reported, one saw patients with fever and passed them up, one has no fever clinic where one failed."""
    checks = (
        ("CLINIC1", NEW_STREET, (14, 9), "works", "works", []), ("CLINIC1", NEW_STREET, (DAY, 9), "works", "works", []),
        ("CLINIC2", CROSSROADS, (DAY, 10), "works", "none", []), ("CLINIC4", BRIDGE, (DAY, 11), "fails", "none", ["预检分诊台无人值守"]),
        ("CLINIC3", VILLAGE, (DAY, 14), "works", "none", []),
    )  # fmt: skip
    for place, area, (day, hour), triage, fever, problems in checks:
        teller.say(at(day, hour, 35), "W00095", "clinics.checked", area, late=day < EVENING, place=place,
                   data={"triage": triage, "fever_clinic": fever, "scanning": True, "problems": problems})  # fmt: skip
    for day in range(10, EVENING):  # the institutions' own books of the days before, typed in on the first evening
        for place, area, by in (
            ("CLINIC1", NEW_STREET, NURSE),
            ("CLINIC2", CROSSROADS, worker(CROSSROADS)),
            ("CLINIC3", VILLAGE, worker(VILLAGE)),
        ):
            visits = (day * 5 + len(place + area)) % 3 if place == "CLINIC1" else 0
            data = {"day": f"2022-03-{day}", "fever_visits": visits, "passed_up": visits}
            teller.say(at(day, 17, 20), by, "clinics.day_reported", area, late=True, place=place, data=data)
    for day in (EVENING, DAY, NEXT):
        for place, area, visits, up in (("CLINIC1", NEW_STREET, 3, 1), ("CLINIC2", CROSSROADS, 1, 0), ("CLINIC3", VILLAGE, 0, 0)):
            visits = visits if day != EVENING or place != "CLINIC2" else 0
            data = {"day": f"2022-03-{day}", "fever_visits": visits, "passed_up": min(up, visits)}
            teller.say(at(day, 17, 20), NURSE if place == "CLINIC1" else worker(area), "clinics.day_reported", area, place=place, data=data)
        teller.say(at(day, 17, 42), NURSE, "clinics.passed_up", NEW_STREET, place="CLINIC1",
                   data={"day": f"2022-03-{day}", "number": 2, "to": "county"})  # fmt: skip
        if day != EVENING:
            teller.say(at(day, 18, 20), worker(CROSSROADS), "clinics.passed_up", CROSSROADS, place="CLINIC2",
                       data={"day": f"2022-03-{day}", "number": 1, "to": "hospital"})  # fmt: skip


CHECKED = (
    ("MARKET1", BRIDGE, "food", []), ("SCHOOL1", PEACE, "food", []), ("COLD1", CROSSROADS, "food", []),
    ("COLD2", BRIDGE, "food", ["留样记录缺 1 天"]), ("PHARM1", PEACE, "medicine", []), ("CLINIC1", NEW_STREET, "medicine", []),
    ("CLINIC4", BRIDGE, "medicine", ["退热药未实名登记"]),
)  # fmt: skip
SECTORS = (
    ("sector-food", "sectors.food", "食品安全检查", ["market", "school", "cold_store"]),
    ("sector-medicine", "sectors.medicine", "药品安全检查", ["pharmacy", "clinic", "village_clinic", "health_centre", "private_hospital"]),
)


def sectors(teller: Teller) -> None:
    """Two campaigns of safety checks, most of their places looked at."""
    for number, (place, area, sector, problems) in enumerate(CHECKED):
        teller.say(
            at(DAY, 9) + timedelta(minutes=25 * number),
            "W00094",
            "sectors.checked",
            area,
            place=place,
            data={"sector": sector, "problems": problems},
        )


VENUES = (
    ("MARKET1", BRIDGE, ("", "东门")), ("PHARM1", PEACE, ("",)), ("SCHOOL1", PEACE, ("", "后门")),
    ("CLINIC1", NEW_STREET, ("", "发热诊室")),
    ("V0001", PEACE, ("",)), ("V0003", CROSSROADS, ("",)), ("V0007", NEW_STREET, ("",)), ("V0008", PEACE, ("",)),
    ("V0012", CROSSROADS, ("",)),
)  # fmt: skip


def venues(teller: Teller, register: Register) -> None:
    """The entrances of nine venues, where their codes hang, and who came in: by code, on paper, helped; two were not let in."""
    pick = random.Random(55)
    for number, (place, area, entrances) in enumerate(VENUES):
        for name in entrances:
            named = {"entrance": name} if name else {}
            teller.say(at(EVENING, 17, 28), CLERK, "venues.entrance_set", area, place=place, data={**named, "state": "in_use"})
            if number != 8:
                teller.say(at(DAY, 8, 4 * number), "W00097", "venues.entrance_checked", area, place=place,
                           data={**named, "posted": name != "东门", "by_hand": True})  # fmt: skip
    own = register.grown(BRIDGE) + register.grown(PEACE)
    ways = ("scanned",) * 12 + ("shown",) * 4 + ("paper",) * 3 + ("id_card",)
    for place, area, by, times in (("MARKET1", BRIDGE, "W00010", 60), ("V0001", PEACE, "W00004", 34), ("PHARM1", PEACE, "W00005", 14)):
        for day, first, minutes in ((DAY, 7, 780), (NEXT, 7, 640)):
            for _ in range(times):
                _entry(teller, pick, at(day, first) + timedelta(minutes=pick.randrange(minutes)), (place, area, by), pick.choice(ways),
                       pick.choice(own))  # fmt: skip
    for place, area, by, why, reason in (("MARKET1", BRIDGE, "W00010", "fever", "体温 38.1℃，转发热诊室"),
                                         ("V0001", PEACE, "W00004", "full", "限流，稍后再来")):  # fmt: skip
        data = {"way": "paper", "decision": "referred" if why == "fever" else "turned_away", "refused_for": why, "reason": reason}
        teller.say(at(DAY, 10, 25), by, "venues.entered", area, place=place, data=data)


def _entry(teller: Teller, pick: random.Random, when: datetime, where: tuple[str, str, str], way: str, person: dict[str, Any]) -> None:
    place, area, by = where
    data: dict[str, Any] = {"way": way, "decision": "admitted", "temperature": round(36.1 + pick.random() * 0.8, 1)}
    if way in ("scanned", "shown"):
        data |= {"colour": "green", "travel_card": "clear"}
    elif way == "paper":
        data |= {"no_phone": True, "helped": pick.random() < 0.5, "name": person["name"]}
    rest = {"person": who(person)["person"]} if way == "id_card" else {}
    teller.say(when, by, "venues.entered", area, place=place, data=data, **rest)
