"""Who has read a person's record: when, on which page, what for."""

import json

from django.http import HttpResponse

from closeknit.access.models import Account, Reading
from closeknit.access.roles import ROLES
from closeknit.access.trail import CARD, MEMBER
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, between_days, equals
from closeknit.console.lists.listing import Listing
from closeknit.console.manifest import screens
from closeknit.console.parts import Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.registry.members.answering import role_words
from closeknit.registry.models import Member
from closeknit.registry.reading.names import area_of_person, other_names
from closeknit.registry.reading.purposes import PURPOSES

WORDS: dict[str, Text | str] = {
    **dict(PURPOSES),
    "shown": Text("own result shown", "本人查询"),
    "refused": Text("answers did not fit", "核对未通过"),
    "shut": Text("closed for the day", "当日已锁定"),
}
PHONE, ON_A_PHONE = "field.pull", Text("Register on a worker's phone", "工作人员手机底册")
BY_CARD = Text("Resident with card {number}", "居民（便民卡 {number}）")


def _titles() -> list[tuple[str, Text]]:
    used = set(Reading.objects.values_list("screen", flat=True).distinct())
    return [(screen.name, screen.title) for screen in screens() if screen.name in used] + ([(PHONE, ON_A_PHONE)] if PHONE in used else [])


def _dressed(page: list[Reading]) -> list[tuple[Reading, Text | str, Text | str, Text | str]]:
    """Each reading with who it was, in which role, and the page's title."""
    people = {each.username: each for each in Account.objects.filter(username__in={row.account for row in page})}
    workers = _workers(page)
    titles = {screen.name: screen.title for screen in screens()} | {PHONE: ON_A_PHONE}
    rows: list[tuple[Reading, Text | str, Text | str, Text | str]] = []
    for row in page:
        who, worker = people.get(row.account), workers.get(row.account)
        role = ROLES.get(who.role, "") if who else role_words(worker.role) if worker else ""
        name = who.shown_name if who else worker.name if worker else _named(row.account)
        rows.append((row, name, role, titles.get(row.screen, row.screen)))
    return rows


def _named(reader: str) -> Text | str:
    """A resident who reads with a card; else as the trail has it."""
    return BY_CARD.format(number=reader.removeprefix(CARD)) if reader.startswith(CARD) else reader


def _workers(page: list[Reading]) -> dict[str, Member]:
    """Those who read on a phone, without an account."""
    codes = {row.account.removeprefix(MEMBER) for row in page if row.account.startswith(MEMBER)}
    return {f"{MEMBER}{each.code}": each for each in Member.objects.current().filter(code__in=codes)}


def _purpose(reading: Reading) -> str:
    first, _, rest = reading.purpose.partition(" ")
    return " ".join(filter(None, (str(WORDS.get(first, first)), rest)))


READINGS = Listing(
    columns=(
        Column("at", Text("When", "时间"), lambda row: row[0].at, sort="at"),
        Column("who", Text("Who", "查阅人"), lambda row: row[1], sort=("account", "-at"), phone="title"),
        Column("role", Text("Role", "角色"), lambda row: row[2]),
        Column("page", Text("Page", "页面"), lambda row: row[3], sort=("screen", "-at"), phone="wide"),
        Column("purpose", Text("What for", "用途"), lambda row: _purpose(row[0]), phone="wide"),
        Column("number", Text("With how many others", "同页条数"), lambda row: len(row[0].codes) - 1, number=True, phone="hide"),
    ),
    order="-at",
    empty=Empty(Text("Nobody has read this record.", "尚无人查阅。")),
    filters=(
        Filter("page_is", Text("Page", "页面"), equals("screen"), choices=_titles),
        Filter("day", Text("Day", "日期"), between_days("at"), "days"),
    ),
    dress=_dressed,
)


def trail_of(request: Request, code: str) -> HttpResponse:
    rows = Reading.objects.none()
    for name in other_names("person", code):
        rows = rows | Reading.objects.filter(codes__icontains=json.dumps(name))
    url = links.to("register.person", code=code)
    area = Area.objects.current().get(code=area_of_person(code) or request.account.area)
    above = [*links.above(request.account, area, "register.area"), (area.name, links.to("register.area", area=area.code)), (code, url)]
    heading = Text("Who has read {code}", "{code} 的查阅记录", code=code)
    return READINGS.respond(request, rows, heading=heading, crumbs=above)
