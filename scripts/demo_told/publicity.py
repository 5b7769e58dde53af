"""What the public is told: texts with who approved them, the plan of telling, what hangs where, rumours and their answers."""

import random
from datetime import datetime, timedelta
from typing import Any

from demo_told.commanding import villages
from demo_told.telling import (
    BRIDGE,
    CLERK,
    CROSSROADS,
    DAY,
    EVENING,
    NEIGHBOUR,
    NEW_STREET,
    NEXT,
    PEACE,
    SECRETARY,
    SPOKESWOMAN,
    TOWN,
    VILLAGE,
    Register,
    Teller,
    at,
    worker,
)

RHYME, FAIRS, RIGHT, DUTY, BUSINESS, POSTER, ANSWER, ACCESS = (f"PS-{number:03}" for number in range(1, 9))
TEXTS = (  # number, form, about, title, words
    (RHYME, "rhyme", "prevention", "防护顺口溜", "出门口罩要戴好，回家洗手莫忘掉；咳嗽发热早报告，敲门登记讲实情。"),
    (FAIRS, "text", "law", "暂停集市、宴席的通告", "依照《传染病防治法》第四十二条，暂停集市和集体聚餐。丧事从简并报备。"),
    (RIGHT, "text", "right", "您有这些权利", "您有权知道管控的依据、期限和解除条件，异议一日内答复。急难就医随时放行。"),
    (DUTY, "text", "duty", "您需要配合的事", "如实登记来返行程，按时参加检测，出入公共场所登记。没有手机的，出示身份证或纸质登记即可。"),
    (BUSINESS, "text", "business", "门店每日提醒", "今日请做好：门口张贴登记标识，落实进入登记，从业人员佩戴口罩，冷藏食品索取凭证。"),
    (POSTER, "poster", "prevention", "进门三件事", "测温、登记、戴口罩。没有手机也能进门。"),
    (ANSWER, "text", "answer", "超市照常营业", "网传“明天起超市全部关门”不实。全镇商超照常营业，物资充足，请勿抢购。"),
    (ACCESS, "text", "right", "看病怎么走", "封控区就医：拨打村委会电话，十分钟内派车；急救直接拨打 120。"),
)  # fmt: skip
FILES = {POSTER: "镇政府网盘/宣传/进门三件事.pdf"}


def texts(teller: Teller) -> None:
    """Eight texts, six of them approved by somebody else than who wrote them; one was sent back and came again; one waits."""
    from closeknit.measures.library.texts import seal_of

    for number, (code, form, about, title, words) in enumerate(TEXTS):
        data: dict[str, Any] = {"text": code, "version": 1, "form": form, "about": about, "title": title, "words": words}
        if code in FILES:
            data["file"] = FILES[code]
        when = at(DAY, 10, 50) if code == ANSWER else at(DAY, 14, 30) if code == ACCESS else at(EVENING, 17, 10 + number)
        teller.say(when, CLERK, "outreach.text_written", TOWN, data=data)
        if code == ACCESS:
            continue
        if code == FAIRS:
            back = {"text": code, "version": 1, "outcome": "sent_back", "reason": "写明恢复日期和报备电话"}
            teller.say(when + timedelta(minutes=6), SPOKESWOMAN, "outreach.text_decided", TOWN, data=back)
            when += timedelta(minutes=12)
            data |= {"version": 2, "words": f"{words}两周后恢复。报备电话：0743-0000000。"}
            teller.say(when, CLERK, "outreach.text_written", TOWN, data=data)
        decided = {"text": code, "version": data["version"], "outcome": "approved", "seen": seal_of(data)}
        teller.say(when + timedelta(minutes=9), SECRETARY if code == RIGHT else SPOKESWOMAN, "outreach.text_decided", TOWN, data=decided)


def broadcasts(teller: Teller, register: Register) -> None:
    """What each village, and the town, planned for the two days, and how much of it was done."""
    every = villages(register)
    pick = random.Random(91)
    for area in every:
        for day in (DAY, NEXT):
            loud = {"channel": "loudspeaker", "day": f"2022-03-{day}", "quantity": 3, "text_id": RHYME, "where": "村部大喇叭"}
            teller.say(at(EVENING, 17, 46), CLERK, "outreach.planned", area, data=loud)
    lines = (("vehicle", 4, FAIRS, "镇区环线"), ("banner", 30, "", "主街、渡口"), ("poster", 40, POSTER, "门店、车站"),
    ("leaflet", 450, RIGHT, ""),
             ("chat", 2400, RHYME, "各村微信群"))  # fmt: skip
    for channel, quantity, code, where in lines:
        data = {"channel": channel, "day": f"2022-03-{DAY}", "quantity": quantity, "where": where, **({"text_id": code} if code else {})}
        teller.say(at(EVENING, 17, 47), CLERK, "outreach.planned", TOWN, data=data)
    for channel, quantity in (("vehicle", 4), ("home_visit", 900)):
        more = {"text_id": FAIRS} if channel == "vehicle" else {}
        data = {"channel": channel, "day": f"2022-03-{NEXT}", "quantity": quantity, **more}
        teller.say(at(DAY, 9, 2), CLERK, "outreach.planned", TOWN, data=data)
    for day in (DAY, NEXT):
        for number, area in enumerate(every):
            for time, hour in enumerate((8, 12, 15)):
                if (number, day) in ((14, DAY), (20, DAY)) and time:
                    continue  # two villages spoke once
                data = {"device_kind": "loudspeaker", "quantity": 1, "text_id": RHYME, "version": 1}
                teller.say(at(day, hour, pick.randrange(25)), worker(area), "outreach.broadcast", area, data=data)
        for hour in (9, 11, 14, 16):
            data = {"device_kind": "vehicle", "quantity": 1, "text_id": FAIRS, "version": 2}
            teller.say(at(day, hour, 15), "W00091", "outreach.broadcast", TOWN, data=data)


SPOTS = (
    ("banner", CROSSROADS, 12, "", "渡口、十字街口", ""), ("banner", PEACE, 10, "", "太平街两侧", ""),
    ("banner", NEW_STREET, 8, "", "文化广场", ""),
    ("poster", PEACE, 12, "pharmacy", "太平街药房等", POSTER), ("poster", CROSSROADS, 16, "shop", "沿街门店", POSTER),
    ("poster", BRIDGE, 9, "restaurant", "印家桥餐饮店", POSTER), ("poster", NEW_STREET, 6, "bus_stop", "班车站", POSTER),
    ("notice", BRIDGE, 5, "notice_board", "农贸市场入口", FAIRS), ("notice", VILLAGE, 13, "unit_door", "河西巷各户", RIGHT),
    ("notice", CROSSROADS, 4, "entrance", "小区出入口", FAIRS), ("leaflet", VILLAGE, 110, "other", "采样点", RIGHT),
    ("leaflet", NEIGHBOUR, 95, "other", "入户发放", RIGHT), ("leaflet", PEACE, 260, "school", "小学家长", RIGHT),
)  # fmt: skip


def materials(teller: Teller, register: Register) -> None:
    """What hangs where, what went out to many, and the households of two villages that were told one by one."""
    for number, (medium, area, quantity, spot, where, code) in enumerate(SPOTS):
        data: dict[str, Any] = {"medium": medium, "quantity": quantity, "where": where}
        data |= {"spot": spot} if spot else {}
        data |= {"text_id": code, "version": 2 if code == FAIRS else 1} if code else {}
        teller.say(at(DAY, 8, 10) + timedelta(minutes=27 * number), worker(area), "outreach.posted", area, data=data)
    for number, area in enumerate(villages(register)):
        data = {"channel": "chat", "recipients": 70 + 3 * number, "text_id": RHYME, "version": 1}
        teller.say(at(DAY, 9, number), worker(area), "outreach.messaged", area, data=data)
    sent = {"channel": "account", "recipients": 3260, "text_id": FAIRS, "version": 2}
    teller.say(at(DAY, 9, 30), SPOKESWOMAN, "outreach.messaged", TOWN, data=sent)
    for area in (VILLAGE, NEIGHBOUR):
        for number, home in enumerate(register.households[area][: 60 if area == VILLAGE else 40]):
            way = ("leaflet", "leaflet", "talk", "message")[number % 4]
            data = {"way": way, **({"text_id": RIGHT, "version": 1} if way == "leaflet" else {})}
            teller.say(
                at(DAY, 10) + timedelta(minutes=4 * number), worker(area), "outreach.household_told", area, household=home, data=data
            )


def rumours(teller: Teller) -> None:
    """One was answered within an hour and heard again; one is being checked."""
    own = _heard(teller, at(DAY, 10, 20), "W00004", PEACE, "听说明天起超市全部关门，快去囤米", "chat")
    _heard(teller, at(DAY, 12, 40), worker(VILLAGE), VILLAGE, "超市要关到月底", "street", same_as=own)
    teller.say(at(DAY, 10, 30), CLERK, "outreach.rumour_taken", TOWN, data={"rumour": own, "owner": SPOKESWOMAN})
    checked = {"rumour": own, "finding": "untrue", "source": "县市场监管局值班室、三家商超负责人"}
    teller.say(at(DAY, 10, 45), SPOKESWOMAN, "outreach.rumour_checked", TOWN, data=checked)
    teller.say(at(DAY, 11, 10), SPOKESWOMAN, "outreach.rumour_answered", TOWN, data={"rumour": own, "text_id": ANSWER, "version": 1})
    sent = {"channel": "chat", "recipients": 2380, "text_id": ANSWER, "version": 1}
    teller.say(at(DAY, 11, 15), SPOKESWOMAN, "outreach.messaged", TOWN, data=sent)
    other = _heard(teller, at(DAY, 14, 10), "W00106", VILLAGE, "河西巷要封一个月", "street")
    teller.say(at(DAY, 14, 25), CLERK, "outreach.rumour_taken", TOWN, data={"rumour": other, "owner": SPOKESWOMAN})
    checked = {"rumour": other, "finding": "untrue", "source": "管控通告：三日，到期自行解除"}
    teller.say(at(NEXT, 9), SPOKESWOMAN, "outreach.rumour_checked", TOWN, data=checked)
    teller.say(at(NEXT, 9, 20), SPOKESWOMAN, "outreach.rumour_answered", TOWN, data={"rumour": other, "text_id": RIGHT, "version": 1})


def _heard(teller: Teller, when: datetime, by: str, area: str, words: str, where: str, **more: str) -> str:
    return teller.say(when, by, "outreach.rumour_heard", area, data={"words": words, "heard_on": where, **more})
