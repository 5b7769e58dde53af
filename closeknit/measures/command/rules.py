"""What counts as not in order, how bad it is, and which lines are shown: pure, from values alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Watched

SHOWN_CASES = 3


@dataclass(frozen=True)
class Rule:
    """One sort of thing that can be out of order. `title` takes n, the sum of its cases."""

    name: str
    tone: str
    permission: str
    title: Text
    action: Text
    why: Text


RULES = (
    Rule(
        "checkpoints.silent", "bad", "checkpoints.view",
        Text("Checkpoints silent: {n}", "{n} 个卡点长时间无登记"),
        Text("See the posts", "查看卡点"),
        Text("Nobody knows what passes; it cannot be made up later.", "过往情况不明，事后无法补查。"),
    ),
    Rule(
        "reports.missing", "bad", "reports.view",
        Text("Reports missing after the cut-off: {n}", "{n} 个单位超时未报"),
        Text("By telephone", "电话确认"),
        Text("The town's bulletin waits for them.", "影响全镇日通报。"),
    ),
    Rule(
        "doorknock.over", "bad", "doorknock.view",
        Text("Sweep over, doors left: {n}", "敲门行动已到期，尚有 {n} 户未落实"),
        Text("Doors left", "未落实清单"),
        Text("Past its end: each door is a family nobody has spoken to.", "已过期限，每一户都是尚未见到的一家人。"),
    ),
    Rule(
        "venues.left", "bad", "venues.view",
        Text("Places not patrolled: {n}", "{n} 家场所未巡查"),
        Text("Places left", "未巡清单"),
        Text("The patrol ends soon or has ended.", "巡查即将到期或已到期。"),
    ),
    Rule(
        "staffing.empty", "bad", "workforce.view",
        Text("Posts standing empty: {n}", "{n} 个岗位空岗"), Text("Need and presence", "需求与在岗"),
        Text("Nobody stands where somebody has to.", "应有人值守而无人在岗。"),
    ),
    Rule(
        "isolation.over", "bad", "isolation.view",
        Text("Order over, not yet told that they are free: {n}", "已到期、尚未告知解除：{n} 人"),
        Text("Tell them", "去告知"),
        Text("Nobody stays a day longer than the order.", "到期即可离开，不得多留一天。"),
    ),
    Rule(
        "isolation.moving", "bad", "isolation.view",
        Text("Transfers that take too long: {n}", "转运超时：{n} 人"),
        Text("See the transfers", "查看转运"),
        Text("Somebody waits with a packed bag, or is on a road.", "有人正在等待转运或仍在途中。"),
    ),
    Rule(
        "isolation.fever", "bad", "isolation.view",
        Text("Fever or symptoms in isolation today: {n}", "隔离人员今日发热或有症状：{n} 人"),
        Text("See who", "查看名单"),
        Text("A doctor has to look at them now.", "须立即请医生查看。"),
    ),
    Rule(
        "care.late", "bad", "care.view",
        Text("Requests for help past their time: {n}", "{n} 件求助逾期未办结"),
        Text("See the requests", "查看求助"),
        Text("Somebody asked for help and is still waiting.", "有人求助仍在等待。"),
    ),
    Rule(
        "reports.unconfirmed", "watch", "reports.view",
        Text("Cut-off near, reports not yet in: {n}", "临近截止，{n} 个单位待报"),
        Text("Who has reported", "查看报送"),
        Text("There is still time: a call now prevents a missing report.", "尚有时间，提醒一声即可避免漏报。"),
    ),
    Rule(
        "doorknock.silent", "watch", "doorknock.view",
        Text("Areas without a visit for hours: {n}", "{n} 个辖区数小时无走访登记"),
        Text("See the sweep", "查看进度"),
        Text("Work has stopped, or its records do not arrive.", "走访停滞，或记录未上传。"),
    ),
    Rule(
        "lists.overdue", "watch", "lists.view",
        Text("List items overdue: {n}", "{n} 条推送名单超时未核查"), Text("By village", "按村查看"),
        Text("Somebody above waits for each of them.", "上级逐条等待反馈。"),
    ),
    Rule(
        "lists.undecided", "watch", "lists.manage",
        Text("List items that may be somebody of the register: {n}", "{n} 条推送名单待人工比对"), Text("Compare", "去比对"),
        Text("Nobody can go before it is known who is meant.", "未明确何人，村里无法核查。"),
    ),
    Rule(
        "returnees.unverified", "watch", "returnees.view",
        Text("Returnees not verified in time: {n}", "{n} 名返乡人员超时未核查"),
        Text("Verify", "去核查"),
        Text("Somebody has come and nobody has looked after them yet.", "人已返乡，尚未上门关心核实。"),
    ),
    Rule(
        "routine.overdue", "watch", "routine.view",
        Text("Key persons overdue for a test: {n}", "{n} 名重点人员逾期未检"),
        Text("Who is overdue", "逾期名单"),
        Text("They meet many people or goods: a late test is a late warning.", "岗位风险高，迟检即迟预警。"),
    ),
    Rule(
        "supervision.overdue", "watch", "supervision.view",
        Text("Problems overdue or reopened: {n}", "{n} 个问题逾期或重新整改"),
        Text("Follow up", "去督办"),
        Text("Found and handed over, not put right in time.", "已交办，未按期整改。"),
    ),
    Rule(
        "staffing.short", "watch", "workforce.view",
        Text("People short at posts: {n}", "岗位缺员 {n} 人"), Text("Need and presence", "需求与在岗"),
        Text("Those who are there work for two.", "在岗人员在顶班。"),
    ),
    Rule(
        "shifts.open", "watch", "workforce.view",
        Text("Shifts and grids that nobody has: {n}", "{n} 个班次、网格待接手"), Text("Shifts", "排班"),
        Text("Who had them cannot; nobody has taken over yet.", "原负责人无法到岗，尚无人接手。"),
    ),
    Rule(
        "deployment.unconfirmed", "watch", "workforce.view",
        Text("Deployment orders begun and not confirmed: {n}", "{n} 份调派令已到时间未确认"),
        Text("Deployment orders", "调派令"),
        Text("Nobody knows whether those who were sent have come.", "派出人员是否到位不明。"),
    ),
    Rule(
        "hours.over", "watch", "deployment.view",
        Text("People over the hours or doors of a day: {n}", "{n} 人超时或超量工作"), Text("Hours and load", "工时与负荷"),
        Text("Relieve them: tired people make mistakes and fall ill.", "请安排替换：疲劳易出错、易生病。"),
    ),
    Rule(
        "residents.locked", "watch", "residents.view",
        Text("Households shut out from their results today: {n}", "{n} 户今日查询结果被锁定"),
        Text("See the cards", "查看便民卡"),
        Text("Too many wrong answers: somebody who needs help with it, or somebody who guesses.", "多次核对未通过：可能需要帮助，也可能有人冒用。"),
    ),
    Rule(
        "isolation.objections", "watch", "isolation.view",
        Text("Objections not answered in time: {n}", "异议逾期未答复：{n} 件"),
        Text("Answer", "去处理"),
        Text("An order that nobody looks at again may be wrong.", "无人复核的通知可能有误。"),
    ),
    Rule(
        "isolation.flagged", "watch", "isolation.view",
        Text("Isolation to be looked at: {n}", "隔离情况待核查：{n} 人"),
        Text("See why", "查看原因"),
        Text("An order, a place or a room does not fit the rules.", "通知、地点或房间与规定不符。"),
    ),
    Rule(
        "testing.unreconciled", "watch", "laboratory.view",
        Text("Tubes that do not reconcile: {n}", "{n} 项采样管账实不符"),
        Text("Clear them", "去核销"),
        Text("A result may be missing, or belong to somebody else.", "可能漏出结果，或结果张冠李戴。"),
    ),
    Rule(
        "care.missed", "watch", "care.view",
        Text("People in need not seen in time: {n}", "{n} 名需关爱人员超期未探访"),
        Text("See who", "查看名单"),
        Text("They live alone or cannot move: nobody else may notice.", "独居或行动不便，出了事可能无人知晓。"),
    ),
    Rule(
        "supplies.undelivered", "watch", "supplies.view",
        Text("Households that wait too long for packs: {n}", "{n} 户物资超时未送"),
        Text("Deliveries", "查看配送"),
        Text("Ordered, and not at the door in time.", "已订购，未按时送达。"),
    ),
    Rule(
        "supplies.unpicked", "watch", "supplies.view",
        Text("Rounds closed and not picked: {n}", "{n} 个批次已截止未备货"),
        Text("Picking list", "查看备货单"),
        Text("Orders have closed and no shop has made them up.", "订购已截止，供货点尚未备货。"),
    ),
    Rule(
        "supplies.stock", "watch", "supplies.view",
        Text("Stock below its minimum: {n}", "{n} 项物资低于最低库存"),
        Text("Refill", "去补货"),
        Text("Bring it before it runs out.", "请在用完之前补足。"),
    ),
    Rule(
        "supplies.over", "info", "supplies.view",
        Text("Households that got more than they ordered: {n}", "{n} 户送达多于订购"),
        Text("Look", "去核对"),
        Text("An order is missing, or a delivery stands twice.", "漏登订单或重复登记送达。"),
    ),
    Rule(
        "supplies.lines", "info", "supplies.view",
        Text("Lines of sign-ups to look at: {n}", "{n} 条接龙待核"),
        Text("Settle", "去处理"),
        Text("Somebody may have ordered and nobody knows who.", "可能有居民已订购，尚未确认是哪户。"),
    ),
    Rule(
        "sampling.owed", "watch", "testing.view",
        Text("Sampling sites that owe something: {n}", "{n} 个采样点有欠项"),
        Text("See the sites", "查看采样点"),
        Text("Closed without disinfection, waste without a named carrier, or not closed at all.", "未收点、未消杀，或医废无人接收。"),
    ),
    Rule(
        "ledger.refused", "watch", "ledger.view",
        Text("Records refused or waiting: {n}", "{n} 条上传记录被退回或待补"),
        Text("See records", "查看记录"),
        Text("Work was done and does not count yet: figures are too low.", "工作已做但未计入，数据偏低。"),
    ),
    Rule(
        "ledger.holes", "watch", "ledger.view",
        Text("Records still on devices: {n}", "{n} 条记录仍在设备上"),
        Text("Which devices", "查看设备"),
        Text("The device counted on and its records have not arrived.", "设备序号不连续，记录尚未上传。"),
    ),
    Rule(
        "notices.failed", "watch", "notices.view",
        Text("Notices that did not go out: {n}", "{n} 条通知未发出"),
        Text("See the notices", "查看通知"),
        Text("Somebody was to be told and may not know.", "应通知的单位可能尚未收到。"),
    ),
    Rule(
        "doorknock.final", "info", "doorknock.view",
        Text("Households that refused finally: {n}", "{n} 户多次拒绝"),
        Text("See the sweep", "查看进度"),
        Text("No more knocking: somebody they trust, or the telephone.", "不再敲门，可请熟人或电话沟通。"),
    ),
    Rule(
        "registry.rows", "info", "registry.view",
        Text("Roster rows in doubt or set aside: {n}", "{n} 行名册存疑或搁置"),
        Text("Mend rows", "去处理"),
        Text("Those set aside are due nowhere until they are placed.", "搁置行在处理前不计入应落实。"),
    ),
)  # fmt: skip


def lasted(since: datetime, now: datetime) -> Text:
    """How long something has lasted, in the largest fitting unit; what is still to come is told as such."""
    minutes = int((now - since).total_seconds() // 60)
    if minutes < 0:
        return Text("in {n} min", "{n} 分钟后", n=-minutes) if minutes > -120 else Text("in {n} h", "{n} 小时后", n=-minutes // 60)
    if minutes < 120:
        return Text("{n} min", "{n} 分钟", n=minutes)
    return Text("{n} h", "{n} 小时", n=minutes // 60) if minutes < 72 * 60 else Text("{n} days", "{n} 天", n=minutes // 1440)


@dataclass(frozen=True)
class Line:
    """One line of the board: a rule with its cases, the first of them by name."""

    rule: Rule
    watched: Watched

    @property
    def title(self) -> Text:
        return self.rule.title.format(n=sum(case.number for case in self.watched.cases))

    @property
    def shown(self) -> list[Case]:
        return self.watched.cases[:SHOWN_CASES]

    @property
    def more(self) -> int:
        return len(self.watched.cases) - len(self.shown)

    @property
    def since(self) -> datetime | None:
        """The longest that any of its cases has been out of order."""
        return min((case.since for case in self.watched.cases if case.since), default=None)


def lines(found: Mapping[str, Watched], most: int) -> tuple[list[Line], int]:
    """The lines in the order of RULES, at most so many, and how many more there are."""
    every = [Line(rule, found[rule.name]) for rule in RULES if rule.name in found and found[rule.name].cases]
    return every[:most], max(0, len(every) - most)


def longest_first(cases: Iterable[Case]) -> list[Case]:
    """What has been out of order longest first; what never was in order before all."""
    return sorted(cases, key=lambda case: (case.since is not None, case.since.timestamp() if case.since else 0, str(case.name)))


def most_first(cases: Iterable[Case]) -> list[Case]:
    """The largest number first."""
    return sorted(cases, key=lambda case: (-case.number, case.area, str(case.name)))


def stands_still(now: datetime, hours: timedelta, begins: time, ends: time) -> bool:
    """Whether hours without a visit mean something: not at night, nor before the working day is so many hours old. Local times."""
    opened = datetime.combine(now.date(), begins, now.tzinfo)
    return opened + hours <= now < datetime.combine(now.date(), ends, now.tzinfo)
