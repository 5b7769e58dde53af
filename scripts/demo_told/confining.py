"""Zones, controls, the register of checkpoints, and an investigation of a case that is made up."""

from datetime import timedelta

from demo_told.telling import (
    BRIDGE,
    CLERK,
    COUNTY_OFFICE,
    CROSSROADS,
    DAY,
    EVENING,
    FOLLOWS,
    NEIGHBOUR,
    NEW_STREET,
    NEXT,
    OFFICE,
    REVIEWER,
    SECRETARY,
    TOWN,
    VILLAGE,
    Register,
    Teller,
    at,
)

LAW = "《传染病防治法》第四十二条"
LANE, PAST = "PX-01", "CP-01"


def zones(teller: Teller, register: Register) -> None:
    """A lane that is closed in, with an exception, checks and an objection; and one that was lifted."""
    lane = [code for code in register.households[VILLAGE] if register.addresses[code].startswith("河西巷")]
    order = {"zone": LANE, "name": "浦溪村河西巷", "measure": "medium", "basis": LAW, "authority": "泸溪县疫情防控指挥部", "from_at":
             at(DAY, 9).isoformat(), "until_at": at(NEXT + 2, 9).isoformat(), "households": lane, "without": lane[-1:],
             "lifts": ["contacts_moved", "negative_round", "cleaned"], "exceptions": ["emergency_care", "regular_care", "animals_crops"],
             "other_exceptions": ["春耕送苗，由村干部陪同"], "order_no": "泸疫指通3号",
             "delivers": "每日上午送菜、下午送药，由村委会统一采购"}  # fmt: skip
    teller.say(at(DAY, 8, 30), COUNTY_OFFICE, "zones.ordered", VILLAGE, data=order)
    for way, minute, where in (("posted", 50, "巷口、各组公示栏"), ("broadcast", 55, ""), ("message", 58, "村民微信群")):
        teller.say(at(DAY, 8, minute), worker_of_the_lane(), "zones.announced", VILLAGE, data={"zone": LANE, "way": way, "where": where})
    checks = (
        ((DAY, 14), ["doors_open", "posts_manned", "list_complete", "deliveries_daily", "emergency_way"], ["needs_known", "notice_posted"],
         "西头两户未见通告；一户透析病人未登记接送车辆"),
        ((DAY, 20), ["notice_posted", "disinfected", "staff_protected"], [], ""),
        ((NEXT, 10), ["doors_open", "posts_manned", "needs_known", "deliveries_daily", "objections_answered"], [], ""),
    )  # fmt: skip
    for when, met, not_met, note in checks:
        data = {"zone": LANE, "met": met, "not_met": not_met, **({"note": note} if note else {})}
        teller.say(at(*when), "W00088", "zonechecks.checked", VILLAGE, data=data)
    noted = {"zone": LANE, "condition": "contacts_moved", "met": True, "ground": "涉及人员 3 人已全部转运"}
    teller.say(at(DAY, 15), OFFICE, "zones.condition_noted", VILLAGE, data=noted)
    home = lane[2]
    own = teller.say(at(DAY, 11, 15), worker_of_the_lane(), "zones.objected", VILLAGE, household=home,
                     data={"zone": LANE, "words": "我家门开在解放街，不在巷内", "way": "spoken"})  # fmt: skip
    answer = {"objection": own, "zone": LANE, "outcome": "excepted", "reason": "现场核实，属实"}
    teller.say(at(DAY, 14, 40), REVIEWER, "zones.objection_decided", VILLAGE, household=home, data=answer)
    teller.say(at(DAY, 15, 30), worker_of_the_lane(), "zones.objected", VILLAGE, household=lane[5],
               data={"zone": LANE, "words": "孩子明天要回县城上学", "way": "phone"})  # fmt: skip
    _lifted(teller, register)


def worker_of_the_lane() -> str:
    """Who tells the people of the lane, and hears them."""
    return "W00106"


def _lifted(teller: Teller, register: Register) -> None:
    homes = register.households[NEIGHBOUR][:9]
    order = {"zone": PAST, "name": "长坪村一组", "measure": "limited", "basis": LAW, "authority": "泸溪县疫情防控指挥部", "from_at":
             at(EVENING, 18).isoformat(), "until_at": at(NEXT + 1, 18).isoformat(), "households": homes, "lifts": ["no_new_case"],
             "exceptions": ["emergency_care", "regular_care"], "order_no": "泸疫指通2号"}  # fmt: skip
    teller.say(at(EVENING, 17, 30), COUNTY_OFFICE, "zones.ordered", NEIGHBOUR, data=order)
    teller.say(at(EVENING, 17, 50), "W00107", "zones.announced", NEIGHBOUR, data={"zone": PAST, "way": "door"})
    teller.say(at(DAY, 10, 30), COUNTY_OFFICE, "zones.lifted", NEIGHBOUR, data={"zone": PAST, "reason": "初筛异常经复核排除"})
    teller.say(at(DAY, 10, 50), "W00107", "zones.announced", NEIGHBOUR, data={"zone": PAST, "way": "door"})


def controls(teller: Teller) -> None:
    """Fairs and banquets suspended, the ferry at certain hours, the market by rules; squares that are guarded."""
    orders = (
        ("K-001", "suspension", "fair", TOWN, "全镇集市、庙会", (DAY, 0), "2022-04-01T00:00:00+08:00", ["生活物资由定点门店供应"]),
        ("K-002", "suspension", "banquet", TOWN, "全镇红白喜事等集体聚餐", (DAY, 0), "2022-04-01T00:00:00+08:00",
         ["丧事从简，报村委会备案"]),
        ("K-003", "traffic", "limited_hours", CROSSROADS, "浦市渡口", (EVENING, 20), "2022-03-26T06:00:00+08:00",
         ["6:00—20:00 通航，逢船必查", "夜间急难就医由值班艇保障"]),
        ("K-004", "crowded", "market", BRIDGE, "印家桥农贸市场", (DAY, 6), "2022-03-31T18:00:00+08:00", ["场内不超过 120 人", "东进西出"]),
    )  # fmt: skip
    for control, sort, what, area, where, begins, until, rules in orders:
        data = {"control": control, "sort": sort, "what": what, "where": where, "basis": LAW, "authority": "泸溪县疫情防控指挥部",
                "from_at": at(*begins).isoformat(), "until_at": until, "rules": rules, "exceptions": ["急难就医", "应急抢险"],
                "order_no": f"泸疫指通{control[-1]}号"}  # fmt: skip
        teller.say(at(EVENING, 17, 40), OFFICE, "controls.ordered", area, data=data)
    for day, hours in ((EVENING, (18, 21)), (DAY, (0, 3, 7, 10, 13, 16, 19, 22)), (NEXT, (1, 4, 8, 11, 14, 17, 20, 23))):
        for number, hour in enumerate(hours):
            for place, area, by, way in (("SQUARE1", CROSSROADS, "W00093", "roving"), ("SQUARE2", NEW_STREET, "W00097", "fixed")):
                data = {"way": way, "people": 3 if way == "roving" else 2, "dispersed": (number * 7 + day) % 3 if 7 < hour < 22 else 0}
                teller.say(at(day, hour, 10 + number), by, "controls.guarded", area, place=place, data=data)


EQUIPMENT = (("帐篷", 1, 1), ("桌子", 2, 2), ("体温枪", 2, 3), ("手消毒液", 5, 8), ("反光背心", 4, 6), ("照明灯", 2, 2))


def checkpoints(teller: Teller) -> None:
    """Each post's type and what it is equipped with; the last lacks something."""
    posts = (("CP1", CROSSROADS, "wharf"), ("CP2", VILLAGE, "county_road"), ("CP3", f"{TOWN}223", "county_road"))
    for place, area, sort in posts:
        teller.say(at(EVENING, 17, 12), CLERK, "checkpoints.post_set", area, place=place,
                   data={"type": sort, "state": "open", "hours": "24小时"})  # fmt: skip
        for item, least, came in EQUIPMENT:
            here = came - 2 if place == "CP3" and item in ("体温枪", "照明灯") else came
            teller.say(at(EVENING, 17, 18), CLERK, "supplies.minimum_set", area, place=place, data={"item": item, "quantity": least})
            if here:
                teller.say(at(EVENING, 17, 45), "W00210", "supplies.stock_moved", area, place=place,
                           data={"item": item, "quantity": here, "reason": "received"})  # fmt: skip
        if place == "CP3":
            for item in ("体温枪", "照明灯"):
                teller.say(at(DAY, 18, 50), "W00210", "supplies.stock_moved", area, place=place,
                           data={"item": item, "quantity": 2, "reason": "received"})  # fmt: skip
    counted = (("CP1", CROSSROADS, "W00085", 18, 6, 60), ("CP2", VILLAGE, "W00086", 22, 0, 51), ("CP3", f"{TOWN}223", "W00087", 25, 0, 48))
    for place, area, by, vehicles, vessels, persons in counted:
        teller.say(at(DAY, 12), by, "checkpoints.tallied", area, place=place,
                   data={"vehicles": vehicles, "vessels": vessels, "persons": persons, "by": "camera"})  # fmt: skip


def investigation(teller: Teller) -> None:
    """A case of somebody who came back, with what is still to be found out; and one that was excluded."""
    case = "LD-001"
    opened = {"case": case, "matter": "自云州市返乡人员初筛异常（演示用虚构个案）", "staff": [FOLLOWS, "W00089"]}
    teller.say(at(DAY, 7, 10), FOLLOWS, "investigations.opened", VILLAGE, data=opened)
    tasks = (
        ("interview", "电话问清 14 日内行程和同住人", FOLLOWS, (DAY, 9), False, "done", "同住 2 人，乘班车返乡"),
        ("recordings", "调阅渡口和班车站录像", "W00089", (DAY, 12), True, "done", "同车邻座 3 人，已推送名单"),
        ("contacts", "核对同车人员名单并逐村推送", OFFICE, (DAY, 18), False, "done", "3 人均已在管"),
        ("places", "核实返乡后到过的场所", "W00097", (NEXT, 20), True, "", ""),
        ("report", "撰写调查报告", FOLLOWS, (NEXT, 22), False, "", ""),
    )  # fmt: skip
    for number, (what, words, to, due, police, outcome, found) in enumerate(tasks):
        data = {"case": case, "what": what, "words": words, "to": to, "due_at": at(*due).isoformat(), "police": police}
        own = teller.say(at(DAY, 7, 20 + number), FOLLOWS, "investigations.task_given", VILLAGE, data=data)
        if outcome:
            told = {"case": case, "task": own, "outcome": outcome, "words": found}
            teller.say(at(*due) - timedelta(minutes=35), to, "investigations.task_done", VILLAGE, data=told)
    opened = {"case": "LD-000", "matter": "长坪村一组初筛异常（演示用虚构个案）", "staff": [FOLLOWS]}
    teller.say(at(EVENING, 17, 20), FOLLOWS, "investigations.opened", NEIGHBOUR, data=opened)
    teller.say(
        at(DAY, 10), FOLLOWS, "investigations.closed", NEIGHBOUR, data={"case": "LD-000", "outcome": "excluded", "words": "复核阴性"}
    )


def parties(teller: Teller) -> None:
    """Four parties answer for the places where most people meet, and for a problem."""
    named = (
        ("MARKET1", BRIDGE, "印家桥社区", "市场监管所", "印家桥农贸市场", "W00010"),
        ("COLD1", CROSSROADS, "十字街社区", "市质监所", "浦江冷库",
         "W00240"), ("COLD2", BRIDGE, "印家桥社区", "市质监所", "河街冻品库", "W00241"), ("SCHOOL1", f"{TOWN}002", "太平街社区", "镇中心校",
         "太平街小学", "W00236"), ("CLINIC1", NEW_STREET, "新建街社区", "县卫健局", "浦市镇卫生院", "W00237"),
    )  # fmt: skip
    for place, area, territory, department, unit, one in named:
        teller.say(at(EVENING, 17, 48), OFFICE, "parties.named", area, place=place,
                   data={"territory": territory, "department": department, "unit": unit, "individual": one})  # fmt: skip
    data = {"problem": "Q1", "territory": "新建街社区", "department": "派出所", "unit": "新建街社区网格", "individual": "W00007"}
    teller.say(at(DAY, 15, 40), SECRETARY, "parties.named", NEW_STREET, data=data)
