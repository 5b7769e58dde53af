"""Headquarters, directives and their receipts, meetings, tasks, the command post's duty, plans of inspection and what comes of them."""

from datetime import datetime, timedelta
from typing import Any

from demo_told.helping import shift, stint
from demo_told.telling import (
    BRIDGE,
    CLERK,
    COUNTY,
    COUNTY_OFFICE,
    CROSSROADS,
    DAY,
    EVENING,
    NEIGHBOUR,
    NEXT,
    OFFICE,
    SECRETARY,
    SPOKESWOMAN,
    TOWN,
    VILLAGE,
    Register,
    Teller,
    at,
    secretary,
    worker,
    workers,
)

SCHEME = "一统六专五好"
FORCES = (  # name, leader, liaison, agencies
    ("卡点咨询服务专班", "W00085", "W00093", ["派出所", "民兵应急排", "镇政府"]),
    ("重点场所巡查专班", "W00088", "W00089", ["市质监所", "派出所", "城管执法中队"]),
    ("信息摸排报送专班", OFFICE, "W00092", ["镇政府", "各村（社区）"]), ("红黄码人员管控专班", "W00207", "W00208", ["镇卫生院", "派出所"]),
    ("后勤保障专班", "W00210", "W00096", ["镇供销社", "镇财政所"]), ("考核督查专班", "W00099", "W00091", ["镇纪委", "城管执法中队"]),
)  # fmt: skip
GOALS = ("守好门", "看好人", "管好物", "控好面", "备好战")
POSTS = ("epidemic", "resident", "work_team", "religious")


def villages(register: Register) -> list[str]:
    """The codes of the town's villages and communities."""
    return sorted(code for code in register.villages if code.startswith(TOWN) and len(code) == 12)


def headquarters(teller: Teller, register: Register) -> None:
    """The template that the town took, its task forces with their leaders, how far its items are, and the posts of every village."""
    parts = {"headquarters": ["指挥部"], "task_forces": [name for name, *_ in FORCES], "goals": list(GOALS)}
    teller.say(at(EVENING, 17, 12), SECRETARY, "schemes.taken", TOWN, data={"scheme": SCHEME, "version": 1, "items": parts})
    command = {"body": "指挥部", "type": "headquarters", "scope": "党委书记统揽全局、统一指挥", "leader": SECRETARY, "liaison": OFFICE,
               "members": [SECRETARY, SPOKESWOMAN, OFFICE, "W00088", "W00099"], "since": "2022-03-17", "template": SCHEME}  # fmt: skip
    teller.say(at(EVENING, 17, 14), SECRETARY, "headquarters.formed", TOWN, data=command)
    for name, leader, liaison, units in FORCES:
        data = {"body": name, "type": "task_force", "leader": leader, "liaison": liaison, "members": [leader, liaison], "units": units,
                "since": "2022-03-17", "template": SCHEME}  # fmt: skip
        teller.say(at(EVENING, 17, 15), SECRETARY, "headquarters.formed", TOWN, data=data)
    zone = {"body": "老码头片区", "type": "zone", "scope": "渡口、广场、沿江门店", "leader": "W00092", "covers": [CROSSROADS, BRIDGE],
            "units": ["派出所", "城管执法中队"], "since": "2022-03-17"}  # fmt: skip
    teller.say(at(EVENING, 17, 16), SECRETARY, "headquarters.formed", TOWN, data=zone)
    said = (
        ("headquarters", "指挥部", "done", "24 小时值班", SECRETARY), ("task_forces", FORCES[0][0], "done", "三个卡点三班倒", "W00085"),
        ("task_forces", FORCES[1][0], "under_way", "两天一遍，正在加密", "W00088"),
        ("task_forces", FORCES[2][0], "done", "每日 17 时通报", OFFICE),
        ("task_forces", FORCES[3][0], "under_way", "", "W00207"),
        ("task_forces", FORCES[4][0], "under_way", "帐篷已到，床位不足", "W00210"),
        ("goals", "守好门", "under_way", "", "W00085"), ("goals", "管好物", "under_way", "三座冷库，一座缺企业库长", "W00090"),
    )  # fmt: skip
    for part, item, status, words, who in said:
        data = {"scheme": SCHEME, "part": part, "item": item, "status": status, "words": words, "worker": who}
        teller.say(at(DAY, 9, 5), OFFICE, "schemes.said", TOWN, data=data)
    for number, area in enumerate(villages(register)):
        here = workers(area)
        holders = [("trunk", secretary(area)), *((post, here[place % len(here)]) for place, post in enumerate(POSTS))]
        for post, one in holders[: 4 if number in (9, 21) else 5]:
            teller.say(
                at(EVENING, 17, 24), CLERK, "headquarters.appointed", area, data={"post": post, "worker": one, "since": "2022-03-17"}
            )


def meetings(teller: Teller) -> list[str]:
    """Two meetings with their decisions and two visits; the ids of the meetings."""
    held = (
        ("疫情防控紧急部署会", (EVENING, 17, 0), 40, "传达县指挥部要求：外防输入、内防反弹", ["28 个村（社区）当晚传达到组",
         "全镇集市、宴席即日起暂停"]),
        ("疫情防控每日调度会", (DAY, 20, 0), 90, "通报当日排查进度和未报送村", ["所有干部周末不休息", "河西巷封控期间每日两次送菜送药",
         "冷库企业库长明日到位"]),
        ("渡口片区现场会", (DAY, 14, 0), 30, "研究渡口限时通航后的值守", ["夜间值班艇由派出所保障"]),
    )  # fmt: skip
    made = []
    for title, begins, minutes, summary, decisions in held:
        start = at(*begins)
        data = {"title": title, "began_at": start.isoformat(), "ended_at": (start + timedelta(minutes=minutes)).isoformat(),
                "chair": SECRETARY, "attended": [SECRETARY, OFFICE, "W00088", "W00099", "W00207"], "summary": summary}  # fmt: skip
        made.append(teller.say(start + timedelta(minutes=minutes + 2), OFFICE, "meetings.held", TOWN, data=data))
        for decision in decisions:
            when = start + timedelta(minutes=minutes + 4)
            teller.say(when, OFFICE, "meetings.decided", TOWN, data={"meeting": made[-1], "decision": decision})
    visits = (
        ((DAY, 10, 30), f"{TOWN}223", "CP3", "庄尚村卡点", "加强卡点后勤保障，补齐体温枪和照明灯"),
        ((DAY, 22, 45), CROSSROADS, "CP1", "浦市渡口码头卡点", "夜间急难就医必须随到随走"),
    )
    for when, area, place, where, words in visits:
        data = {"leader": SECRETARY, "where": where, "instruction": words, "came_at": at(*when).isoformat()}
        teller.say(at(*when) + timedelta(minutes=15), OFFICE, "meetings.visited", area, place=place, data=data)
    return made


def directives(teller: Teller, register: Register) -> None:
    """One of the county that the town passes on to all villages; one that was issued anew; one of the evening."""
    every = villages(register)
    county, town = "泸疫指8号", "浦指3号"
    what = "逐户敲门、逐人登记，重点核对近 14 日外来返乡人员；行动不便的上门服务。"
    data = {"directive": county, "to": [TOWN], "title": "开展全域敲门行动", "text": what, "source": "州视频会议"}
    _issue(teller, at(EVENING, 17, 25), COUNTY_OFFICE, COUNTY, data, read_by=(EVENING, 20), act_by=(NEXT, 20))
    _received(teller, at(EVENING, 17, 40), OFFICE, TOWN, county)
    data = {"directive": town, "to": every, "title": "两日内完成全镇敲门行动", "text": what, "source": county, "passes_on": county,
            "passes_version": 1}  # fmt: skip
    _issue(teller, at(EVENING, 18, 5), SECRETARY, TOWN, data, read_by=(EVENING, 22), act_by=(NEXT, 17))
    for number, area in enumerate(every):
        _swept(teller, number, area, town)
    near = [VILLAGE, NEIGHBOUR, CROSSROADS, BRIDGE]
    for version, minute, hours, changes in ((1, 0, "9:00—16:00", ""), (2, 40, "8:00—18:00", "采样时间延长，增设上门采样")):
        data = {"directive": "浦指4号", "version": version, "to": near, "title": "两村检测期间的服务保障",
                "text": f"采样点开放时间 {hours}，老人优先。", **({"changes": changes} if changes else {})}  # fmt: skip
        _issue(teller, at(DAY, 9, minute), SECRETARY, TOWN, data, read_by=(DAY, 12))
        for number, area in enumerate(near[: 3 if version > 1 else 4]):
            _received(teller, at(DAY, 9, minute + 6 + number), secretary(area), area, "浦指4号", version=version)
    data = {
        "directive": "浦指5号",
        "to": every,
        "title": "周末全员在岗",
        "text": "所有干部周末不休息，明日 17 时前报送。",
        "source": "每日调度会",
    }
    _issue(teller, at(DAY, 21, 40), SECRETARY, TOWN, data, read_by=(NEXT, 8))
    for number, area in enumerate(every):
        if number % 13 != 3:
            _received(teller, at(DAY, 21, 50) + timedelta(minutes=number), secretary(area), area, "浦指5号")


def _swept(teller: Teller, number: int, area: str, directive: str) -> None:
    """What a village did with the directive of the sweep: most read it in time, one on the next morning, one never; two were called."""
    if number == 17:
        return
    when, leader = at(EVENING, 18, 12) + timedelta(minutes=7 * number), secretary(area)
    if number in (5, 23):
        _received(teller, when, OFFICE, area, directive, what="told", channel="telephone", told_by=OFFICE, whom=leader)
    else:
        _received(teller, at(DAY, 7, 40) if number == 11 else when, leader, area, directive)
    if number % 5 == 2:
        words = "全部入户完毕，未遇户已电话联系"
        _received(teller, at(DAY, 13) + timedelta(minutes=11 * number), leader, area, directive, what="acted", words=words)
    elif number == 8:
        _received(teller, at(DAY, 11, 20), leader, area, directive, what="cannot", words="八组山路塌方，需镇里派车")


def _received(teller: Teller, when: datetime, by: str, area: str, directive: str, **more: Any) -> None:
    data = {"directive": directive, "version": 1, "what": "read", "channel": "page", **more}
    teller.say(when, by, "directives.received", area, data=data)


def _issue(teller: Teller, when: datetime, by: str, area: str, data: dict[str, Any], **ends: tuple[int, int]) -> None:
    times = {name: at(*moment).isoformat() for name, moment in ends.items()}
    teller.say(when, by, "directives.issued", area, data={"version": 1, **data, **times})


def tasks(teller: Teller, meeting: str) -> None:
    """Some done, some open, one late, one carried over, one given to somebody else."""
    told = (
        ("R-001", "补齐体温枪 2 把、照明灯 2 盏", "庄尚村卡点", f"{TOWN}223", "W00210", (DAY, 14), "备好战"),
        ("R-002", "夜间增派 2 人值守", "浦市渡口码头卡点", CROSSROADS, "W00085", (DAY, 18), "守好门"),
        ("R-003", "明确新堡村冷藏点企业库长", "新堡村冷藏点", f"{TOWN}207", "W00090", (NEXT, 12), "管好物"),
        ("R-004", "逐户核对返乡人员底册", "太平街社区一至三组", f"{TOWN}002", "W00004", (DAY, 12), "看好人"),
        ("R-005", "集市摊位劝返并张贴通告", "印家桥农贸市场", BRIDGE, "W00092", (DAY, 10), "控好面"),
        ("R-006", "封控区透析病人接送车辆到位", "浦溪村河西巷", VILLAGE, "W00106", (DAY, 17), "看好人"),
    )  # fmt: skip
    for number, (task, matter, where, area, owner, due, goal) in enumerate(told):
        data = {"task": task, "matter": matter, "where": where, "owner": owner, "due_at": at(*due).isoformat(), "goal": goal,
                "source": "疫情防控紧急部署会", "origin": meeting}  # fmt: skip
        teller.say(at(DAY, 8, 20 + number), OFFICE, "tasks.set", area, data=data)
    steps = (
        ("R-005", BRIDGE, "W00092", (DAY, 9, 40), {"step": "done", "words": "摊位已清空，通告已张贴"}),
        ("R-004", f"{TOWN}002", "W00004", (DAY, 11, 30), {"step": "carried_over", "until": at(NEXT, 10).isoformat(),
         "words": "三组有 6 户外出"}),
        ("R-001", f"{TOWN}223", "W00210", (DAY, 13, 20), {"step": "noted", "words": "体温枪已到，照明灯仓库缺货"}),
        ("R-006", VILLAGE, OFFICE, (DAY, 15, 10), {"step": "given", "to": "W00207", "words": "由卫生院救护车保障"}),
        ("R-002", CROSSROADS, "W00085", (DAY, 17, 30), {"step": "done", "words": "已增派 2 人"}),
        ("R-001", f"{TOWN}223", "W00210", (DAY, 19), {"step": "done", "words": "照明灯调拨到位"}),
        ("R-003", f"{TOWN}207", "W00090", (NEXT, 11, 30), {"step": "carried_over", "until": at(NEXT + 1, 12).isoformat(),
         "words": "企业负责人在外地，明日到位"}),
        ("R-006", VILLAGE, "W00207", (DAY, 16, 30), {"step": "done", "words": "车辆和司机已对接"}),
    )  # fmt: skip
    for task, area, by, when, data in steps:
        teller.say(at(*when), by, "tasks.stepped", area, data={"task": task, **data})


def liaison(teller: Teller) -> None:
    """What the task forces log, and the duty of the command post round the clock."""
    logs = (
        (FORCES[0][0], "W00093", (DAY, 9, 10), "三个卡点在岗 6 人，夜间查验车辆 41 辆", "", ""),
        (FORCES[1][0], "W00089", (DAY, 11, 0), "沿街门店已检查 7 家，责令改正 3 家", "缺测温枪 3 把", "已从镇仓库调拨 3 把"),
        (FORCES[2][0], "W00092", (DAY, 12, 15), "敲门进度每两小时汇总一次", "毛家滩村上午无记录", ""),
        (FORCES[4][0], "W00096", (DAY, 15, 5), "帐篷 3 顶、床 4 张已到位", "渡口卡点缺热水", ""),
        (FORCES[0][0], "W00093", (NEXT, 9, 0), "夜间查验车辆 33 辆、船 2 艘", "", ""),
    )  # fmt: skip
    for body, by, when, progress, problem, solved in logs:
        own = teller.say(
            at(*when), by, "liaison.logged", TOWN, data={"body": body, "progress": progress, **({"problem": problem} if problem else {})}
        )
        if solved:
            teller.say(at(*when) + timedelta(hours=2), OFFICE, "liaison.solved", TOWN, data={"log": own, "words": solved})
    duty = ("W00092", OFFICE, "W00096")
    notes = (
        ("接县指挥部电话，明早八点前报车辆数", ["报车辆数"]), ("车辆数已报；河西巷通告已送达", ["核对两户未见通告"]),
        ("群众来电 14 个，其中就医 2 个均已安排", []),
    )  # fmt: skip
    for number in range(9):
        begins = at(EVENING, 16) + timedelta(hours=8 * number)
        one, following = duty[number % 3], duty[(number + 1) % 3]
        shift(teller, one, "CMD1", CROSSROADS, "liaison", begins, 8)
        if begins < at(NEXT, 16):
            stint(teller, one, "CMD1", CROSSROADS, "liaison", begins, 8)
            words, still = notes[number % 3]
            data = {"to": following, "notes": words, **({"open": still} if still else {})}
            teller.say(begins + timedelta(hours=8), one, "liaison.handed_over", CROSSROADS, place="CMD1", data=data)


CHECKLIST = ["值班值守纪律", "防控工作纪律", "疫苗接种底数", "宣传到户", "外来人员底册"]


def supervision(teller: Teller, register: Register) -> None:
    """A plan over ten villages, three posts and a work group; what was not well becomes a problem that is followed to its end."""
    every = villages(register)
    planned = {"plan": "DC-001", "title": "村（社区）防控工作督查", "checklist": CHECKLIST, "due_on": "2022-03-19", "villages": every[::3],
               "points": ["CP1", "CP2", "CP3"], "groups": ["老码头片区"]}  # fmt: skip
    teller.say(at(EVENING, 17, 50), CLERK, "checkplans.planned", TOWN, data=planned)
    wanting = {1: "外来人员底册", 3: "宣传到户", 4: "外来人员底册", 6: "疫苗接种底数"}
    for number, area in enumerate(every[::3]):
        if number == 8:
            continue
        when, bad = at(DAY, 8, 30) + timedelta(minutes=52 * number), wanting.get(number, "")
        met = [item for item in CHECKLIST if item != bad]
        data = {"plan": "DC-001", "unit": area, "met": met, **({"not_met": [bad]} if bad else {})}
        teller.say(when, "W00099", "checkplans.inspected", area, data=data)
        if bad:
            _problem(teller, when, f"DC-001-{number:03}", area, bad, number)
    for place, area, hour in (("CP1", CROSSROADS, 9), ("CP2", VILLAGE, 12)):
        data = {"plan": "DC-001", "unit": place, "met": CHECKLIST[:2], "note": "值守规范，台账齐全"}
        teller.say(at(DAY, hour, 45), "W00099", "checkplans.inspected", area, place=place, data=data)
    repeated = {"unit": every[12], "title": "外来人员底册", "times": 2, "step": "remind"}
    teller.say(at(DAY, 15, 30), CLERK, "results.drawn", every[12], data=repeated)
    older = {"plan": "DC-000", "title": "春节返乡专项督查", "checklist": CHECKLIST[1:], "due_on": "2022-03-05", "villages": every[12:15]}
    teller.say(at(2, 9), CLERK, "checkplans.planned", TOWN, late=True, data=older)
    for number, area in enumerate(every[12:15]):
        bad = [] if number else [CHECKLIST[-1]]
        data = {"plan": "DC-000", "unit": area, "met": [item for item in CHECKLIST[1:] if item not in bad], "not_met": bad}
        teller.say(at(4, 9, 20 * number), "W00099", "checkplans.inspected", area, late=True, data=data)
        for item in bad:
            _problem(teller, at(4, 9), "DC-000-001", area, item, 0, late=True)


def _problem(teller: Teller, when: datetime, problem: str, area: str, title: str, number: int, *, late: bool = False) -> None:
    """One that a plan found. Of those of the sweep's two days the third is not put right yet, and the second was opened again."""
    minutes = timedelta(minutes=1)
    due = at(5 if late else NEXT, 12).isoformat()
    found = {"problem": problem, "unit": area, "title": title, "severity": "medium", "due_at": due, "note": "台账与实际不符"}
    teller.say(when + minutes, "W00099", "supervision.found", area, late=late, data=found)
    teller.say(when + 6 * minutes, "W00099", "supervision.handed_over", area, late=late, data={"problem": problem, "to": secretary(area)})
    if number == 4:
        return
    fixed = {"problem": problem, "evidence": "已逐户补登"}
    teller.say(when + 150 * minutes, worker(area), "supervision.rectified", area, late=late, data=fixed)
    outcome = "reopened" if number == 3 else "closed"
    teller.say(when + 210 * minutes, "W00099", "supervision.looked_back", area, late=late, data={"problem": problem, "outcome": outcome})
