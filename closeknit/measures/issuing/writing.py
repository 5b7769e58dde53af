"""Issuing a directive: to chosen areas below, anew, as a new version, or passing on what came from above."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area, Level
from closeknit.console.forms import FormField
from closeknit.console.records import links
from closeknit.console.records.asking import Asking, fields, respond, said
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, next_number
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.register import not_below
from closeknit.measures.directives.kinds import NOBODY, Directive, directive_of
from closeknit.measures.issuing.page import found
from closeknit.policy.packs import policy

KIND = "directives.issued"
MOST_BOXES = 200
DONE = Text("Issued. Who has read it stands on its page.", "已下发，阅知和落实情况见本页。")
HEADING, NEW_VERSION = Text("Issue a directive", "下发指令"), Text("New version of {number}", "修订 {number}")
OUTSIDE = Text(
    "A directive goes to areas below the sender alone. Not below {sender}: {codes}. For other places, ask the level above you to issue it.",
    "指令只能下发给本级以下单位。以下单位不属于{sender}下级：{codes}。其他地方请报上级下发。",
)
NOT_ALLOWED = Text(
    "Your account issues no directives from this area. Ask the town's clerk or your supervisor.",
    "您的账户不能从该地区下发指令，请联系乡镇专干或上级督导。",
)
TAKEN = Text(
    "The number {number} is taken. Open a new form: it brings the next one.", "编号 {number} 已使用，请重新打开表单，自动取下一编号。"
)
NEXT = Text("The next version is {n}. Open the directive again.", "下一版应为第 {n} 版，请重新打开指令。")
LEVELS = {
    Level.COUNTY: Text("every county", "全部区县"), Level.TOWNSHIP: Text("every town", "全部乡镇（街道）"),
    Level.VILLAGE: Text("every village and community", "全部村（社区）"), Level.GRID: Text("every grid", "全部网格"),
}  # fmt: skip
ALL = Text("To all of a level", "按层级全发")
SOME = Text("Or to some of them", "或选择部分单位")


def new(request: Request, area: str) -> HttpResponse:
    """The form; `?of=` makes a new version of a directive, `?on=` passes one on."""
    row = Area.objects.current().get(code=area)
    before = _named(request, area, "of")
    if before and before.event.area != area:
        raise Http404
    upper = _named(request, area, "on") if before is None else None
    below = list(Area.objects.below(area).exclude(code=area).order_by("path").values_list("code", "name", "level"))
    sent = Event.objects.filter(id=carried_id(request.POST), kind=KIND).first()  # by this form already: pressed twice
    number = before.number if before else sent.topic if sent else next_number(_numbers(), "Z-001")
    version = sent.data["version"] if sent else before.version + 1 if before else 1

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        level = values.pop("level", "")
        some = values.get("to") or []
        to = list(dict.fromkeys([*(code for code, _, at in below if at == level), *some]))
        if not to:
            raise Invalid("data.to", "missing", NOBODY)
        data = said(KIND, values, area) | {"directive": number, "version": version, "to": to}
        if upper:
            data |= {"passes_on": upper.number, "passes_version": upper.version}
        return [Entry(form_id, KIND, area, data)]

    cancel = (
        reverse("directives.directive", args=[area, upper.number]) if upper else "" if before else reverse("directives.list", args=[area])
    )
    asking = Asking(_questions(below, before), entries, DONE, reverse("directives.directive", args=[area, number]), cancel)
    heading = NEW_VERSION.format(number=number) if before else HEADING
    crumbs = [*links.above(request.account, row, "directives.list"), (row.name, reverse("directives.list", args=[area]))]
    return respond(request, asking, initial=_initial(area, before, upper, below), heading=heading, crumbs=crumbs)


def _numbers() -> QuerySet[Event, str]:
    return Event.objects.filter(kind=KIND).values_list("topic", flat=True)


def _named(request: Request, area: str, name: str) -> Directive | None:
    """The directive that the query names, where the area is concerned by it."""
    number = request.GET.get(name, "")
    return found(request, area, number) if number else None


def _questions(below: list[tuple[str, str, str]], before: Directive | None) -> list[FormField]:
    levels = [(level.value, word) for level, word in LEVELS.items() if any(at == level for _, _, at in below)]
    walked = [(code, name) for code, name, at in below if at != Level.GRID] or [(code, name) for code, name, _ in below]
    boxes = walked if len(walked) <= MOST_BOXES else []
    some = {"label": SOME, "required": False} | ({"choices": boxes, "help": ""} if boxes else {})
    changes = fields(KIND, "changes", changes={"required": True, "type": "long_text"}) if before else []
    return [
        *fields(KIND, "title", "text", "source", title={"type": "text", "maximum": 100}, text={"type": "long_text", "maximum": 4000}),
        *changes,
        *([FormField("level", ALL, "choice", choices=levels)] if levels else []),
        *fields(KIND, "to", "read_by", "act_by", to=some, read_by={"type": "datetime"}, act_by={"type": "datetime"}),
    ]


def _initial(area: str, before: Directive | None, upper: Directive | None, below: list[tuple[str, str, str]]) -> dict[str, Any]:
    pack, now = policy(area), clock.now().replace(second=0, microsecond=0)
    made: dict[str, Any] = {"read_by": now + timedelta(hours=float(pack.get("directives.read_within_h")))}
    taken = before or upper
    if taken:
        made |= {name: taken.event.data.get(name, "") for name in ("title", "text", "source")}
        made |= {"act_by": taken.act_by(pack.timezone)}
    if before:
        made["to"] = before.to
    else:
        made["level"] = next((level.value for level in LEVELS if any(at == level for _, _, at in below)), "")
    if upper:
        sender = Area.objects.names({upper.event.area}).get(upper.event.area, upper.event.area)
        made["source"] = " · ".join(filter(None, (f"{sender} {upper.number}", upper.event.data.get("source", ""))))
    return made


def issues(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the account may not send from the area, a recipient is not below it, or the number or version is not free."""
    if not can(account, "directives.manage", entry.area):
        raise Invalid("area", "not_allowed", NOT_ALLOWED)
    codes = list(entry.data.get("to", ()))
    rows = {row.code: row for row in Area.objects.current().filter(code__in=[*codes, entry.area])}
    wrong = not_below(codes, entry.area, {code: row.path for code, row in rows.items()})
    if wrong:
        called = "、".join(rows[code].name if code in rows else code for code in wrong)
        raise Invalid("data.to", "outside", OUTSIDE.format(sender=rows[entry.area].name, codes=called))
    held = directive_of(str(entry.data.get("directive", "")))
    version = entry.data.get("version")
    if held is None and version != 1:
        raise Invalid("data.version", "wrong_version", NEXT.format(n=1))
    if held is not None and held.event.id != entry.id:
        if version == 1 or held.event.area != entry.area:
            raise Invalid("", "taken", TAKEN.format(number=held.number))
        if version != held.version + 1:
            raise Invalid("", "wrong_version", NEXT.format(n=held.version + 1))


guard(KIND, issues)
