"""Requests for help: emergencies first, each with an owner, a time and an outcome; and referrals without an answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request as Asked
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.care.kinds import Answer, AskedBy, HelpOutcome, HelpRequested, Matter, Referred, ReferredTo, Urgency
from closeknit.measures.command.kinds import moment
from closeknit.measures.helping.requests import Referral, Request, referrals, requests
from closeknit.policy.packs import Policy, policy

MATTERS = {each.value: each.label for each in Matter}
URGENCIES = {each.value: each.label for each in Urgency}
WAYS = {each.value: each.label for each in AskedBy}
OUTCOMES = {each.value: each.label for each in HelpOutcome}
OFFICES = {each.value: each.label for each in ReferredTo}
ANSWERS = {each.value: each.label for each in Answer}
STATES = [
    ("waiting", Text("Not closed", "未办结")), ("open", Text("Nobody has taken it", "待认领")), ("taken", Text("Taken", "办理中")),
    ("late", Text("Late", "逾期")), ("closed", Text("Closed", "已办结")), ("all", Text("All", "全部")),
]  # fmt: skip
ASK = Text("Note a request", "登记求助")
NONE = Empty(
    Text("Nobody has asked for help yet", "暂无求助"),
    Text(
        "Requests come from the telephone, a site, a poster's page; a need that was said at a door stands here by itself.",
        "电话、现场、网页等求助在此登记；入户时说的困难自动列入。",
    ),
    icon="message-2",
)
NO_REFERRAL = Empty(
    Text("Nobody has been referred yet", "暂无转介"),
    Text("Refer somebody from a request, or from the list of people who need help.", "可从求助事项或需关爱人员处转介。"),
    icon="arrow-right",
)


@dataclass(frozen=True)
class Line:
    """One request as the list shows it. `words` and `who` are told to those who record only."""

    request: Request
    due: datetime
    late: bool
    rank: tuple[Any, ...]
    area: str
    owner: str = ""
    words: str = ""
    who: str = ""

    @property
    def badge(self) -> Badge:
        state = self.request.state
        if self.request.closed:
            return Badge(OUTCOMES[self.request.closed.data["outcome"]], "good")
        if self.late:
            return Badge(Text("Late", "逾期"), "bad")
        return Badge(Text("Taken", "办理中"), "info") if state == "taken" else Badge(Text("Nobody has taken it", "待认领"), "watch")

    @property
    def url(self) -> str:
        return links.to("care.request", code=self.request.code)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        closed = self.request.closed is not None
        return {"all": True, "waiting": not closed, "late": self.late}.get(state, self.request.state == state)


def lines(found: Iterable[Request], pack: Policy, now: datetime) -> list[Line]:
    """The requests, the most urgent first."""
    found = list(found)
    areas = Area.objects.names({each.asked.area for each in found})
    owners = names.members({each.owner for each in found})
    made = [
        Line(each, each.due(pack), each.is_late(now, pack), each.rank(pack), areas.get(each.asked.area, each.asked.area),
             owners.get(each.owner, each.owner))
        for each in found
    ]  # fmt: skip
    return sorted(made, key=lambda line: line.rank)


def dressed(account: Account, rows: list[Line]) -> list[Line]:
    """The rows with what was said and who said it; personal, for those who record."""
    full = names.in_full(account, "care.record")
    people = names.of("person", {row.request.asked.person for row in rows}, full=full)
    homes = names.of("household", {row.request.asked.household for row in rows}, full=full)
    made = []
    for row in rows:
        asked = row.request.asked
        said = asked.told() if full else {}
        known = people.get(asked.person) or homes.get(asked.household)
        who = said.get("name") or (known.name if known else "")
        made.append(replace(row, words=str(said.get("words", "")), who=str(who)))
    return made


COLUMNS = (
    Column("matter", Text("What for", "求助事项"), lambda row: MATTERS[row.request.asked.data["matter"]], phone="title",
           sort=lambda row: (row.request.asked.data["matter"], row.rank), link=lambda row: row.url),
    Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
    Column("urgency", Text("How urgent", "紧急程度"), lambda row: URGENCIES[row.request.urgency], sort=lambda row: row.rank),
    Column("words", Text("In their words", "具体内容"), lambda row: row.words or None, phone="wide"),
    Column("who", Text("Who asks", "求助人"), lambda row: row.who or None),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.request.asked.area, row.rank)),
    Column("asked", Text("Asked", "求助时间"), lambda row: row.request.since, sort=lambda row: (row.request.since, row.request.code)),
    Column("due", Text("Due", "办理期限"), lambda row: row.due, sort=lambda row: (row.due, row.request.code)),
    Column("owner", Text("Who sees to it", "责任人"), lambda row: row.owner or None),
    Column("times", Text("Times asked", "求助次数"), lambda row: row.request.times, number=True,
           sort=lambda row: (row.request.times, row.rank), hidden=True),
)  # fmt: skip


def help_wanted(request: Asked, area: str) -> HttpResponse:
    """The requests of an area; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    found = lines(requests(in_area(standing(HelpRequested), area)), pack, at.now)
    listing = Listing(
        columns=COLUMNS,
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda line, state: line.is_in(state)), choices=STATES, standing="waiting"),
            Filter("matter", Text("What for", "求助事项"), where(lambda line, value: line.request.asked.data["matter"] == value),
                   choices=list(MATTERS.items())),
            Filter("urgency", Text("How urgent", "紧急程度"), where(lambda line, value: line.request.urgency == value),
                   choices=list(URGENCIES.items())),
        ) if found else (),
        search=words_said(lambda line: (MATTERS[line.request.asked.data["matter"]], line.area, line.owner)),
        codes=lambda line: [line.request.asked.person or line.request.asked.household or f"event:{line.request.asked.id}"],
        dress=partial(dressed, request.account),
    )  # fmt: skip
    actions = [Action(Text("Referrals", "转介"), links.to("care.referrals", area=area), "arrow-right")]
    if can(request.account, "care.record"):
        back = urlencode({"area": area, "next": request.path})
        actions.append(Action(ASK, f"{links.to('records.record', kind='care.help_requested')}?{back}", "plus", primary=True))
    crumbs = [*links.above(request.account, row, "care.help"), (row.name, links.to("care.people", area=area))]
    return listing.respond(
        request, found, template="care/people.html", context={"at": at}, crumbs=crumbs, actions=actions,
        heading=Text("Requests for help: {area}", "{area} 求助事项", area=row.name),
    )  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """One referral as the list shows it."""

    referral: Referral
    area: str
    who: str = ""
    words: str = ""

    @property
    def badge(self) -> Badge:
        answer = self.referral.answer
        if answer is None:
            return Badge(Text("No answer yet", "待回复"), "watch")
        said = answer.data["outcome"]
        return Badge(ANSWERS[said], "bad" if said == Answer.DECLINED else "good")

    @property
    def is_open(self) -> bool:
        return self.referral.answer is None


def _sent(account: Account, rows: list[Sent]) -> list[Sent]:
    full = names.in_full(account, "care.record")
    people = names.of("person", {row.referral.asked.person for row in rows}, full=full)
    made = []
    for row in rows:
        person = people.get(row.referral.asked.person)
        words = row.referral.asked.told().get("words", "") if full else ""
        made.append(replace(row, who=person.name if person else row.referral.asked.person, words=str(words)))
    return made


def _answer(area: str, back: str, row: Sent) -> Action | None:
    query = urlencode(
        {"referral": row.referral.code, "person": row.referral.asked.person, "area": row.referral.asked.area or area, "next": back}
    )
    return (
        Action(Text("Note the answer", "登记回复"), f"{links.to('records.record', kind='care.referral_answered')}?{query}")
        if row.is_open
        else None
    )


def referred(request: Asked, area: str) -> HttpResponse:
    """Who was referred to whom, those without an answer first."""
    row = Area.objects.current().get(code=area)
    found = [Sent(each, "") for each in referrals(in_area(standing(Referred), area))]
    areas = Area.objects.names({each.referral.asked.area for each in found})
    found = [replace(each, area=areas.get(each.referral.asked.area, "")) for each in found]
    act = Column("act", Text("Next", "下一步"), partial(_answer, area, request.path), export=lambda row: "", phone="wide")
    listing = Listing(
        columns=(
            Column("who", Text("Who", "人员"), lambda each: each.who, phone="title",
                   link=lambda each: links.to("register.person", code=each.referral.asked.person)),
            Column("state", Text("State", "状态"), lambda each: each.badge, phone="end",
                   sort=lambda each: (not each.is_open, each.referral.asked.at, each.referral.code)),
            Column("to", Text("To", "转介单位"), lambda each: OFFICES[each.referral.asked.data["to"]],
                   sort=lambda each: (each.referral.asked.data["to"], each.referral.code)),
            Column("words", Text("What for", "转介事由"), lambda each: each.words or None, phone="wide"),
            Column("at", Text("Referred", "转介时间"), lambda each: each.referral.asked.at,
                   sort=lambda each: (each.referral.asked.at, each.referral.code)),
            Column("area", Text("Area", "地区"), lambda each: each.area),
            *((act,) if can(request.account, "care.record") else ()),
        ),
        order="state",
        empty=NO_REFERRAL,
        filters=(
            Filter("to", Text("To", "转介单位"), where(lambda each, to: each.referral.asked.data["to"] == to),
                   choices=list(OFFICES.items())),
            Filter("open", Text("Without an answer", "仅看未回复"), lambda rows, _: [each for each in rows if each.is_open], "flag"),
        ) if found else (),
        search=words_said(lambda each: (OFFICES[each.referral.asked.data["to"]], each.area)),
        codes=lambda each: [each.referral.asked.person],
        dress=partial(_sent, request.account),
    )  # fmt: skip
    actions = []
    if can(request.account, "care.record"):
        back = urlencode({"area": area, "next": request.path})
        actions.append(
            Action(Text("Refer somebody", "登记转介"), f"{links.to('records.record', kind='care.referred')}?{back}", "plus", primary=True)
        )
    crumbs = [*links.above(request.account, row, "care.referrals"), (row.name, links.to("care.help", area=area))]
    return listing.respond(request, found, heading=Text("Referrals: {area}", "{area} 转介", area=row.name), crumbs=crumbs, actions=actions)
