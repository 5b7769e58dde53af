"""One template: its items with the status of each, taking it, saying how far an item is, and writing a version of it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts, Notice
from closeknit.console.records import links, names
from closeknit.console.records.asking import Asking, fields, respond, said, workers
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.headquarters.kinds import bodies
from closeknit.measures.schemes.kinds import Part, Status, item_name
from closeknit.measures.schemes.standing import InUse, Item, Scheme, in_use, names_of, schemes
from closeknit.measures.workforce.kinds import of_our_own
from closeknit.policy.packs import policy

WRITTEN, TAKEN, SAID = "schemes.written", "schemes.taken", "schemes.said"
TAKE, RENEW = Text("Take it", "套用"), Text("Take this version", "改用本版")
EDIT, NEW = Text("Edit", "编辑"), Text("Write a template", "编制模板")
SHIPPED = Text("shipped with the policy pack", "随政策包提供")
DONE, WROTE = Text("Recorded.", "已登记。"), Text("Version {n} is kept.", "已保存第 {n} 版。")
TOOK = Text("Taken. Name a leader for each task force.", "已套用，请为各专班确定负责人。")
MAKES = Text(
    "This forms {n} task force{n:s} and duty teams without a leader yet, and lists every item with a status.",
    "将组建 {n} 个指挥部、专班或执勤队伍（负责人待定），并列出各项内容及其进展。",
)
BADGES = {
    "not_started": Badge(Status.NOT_STARTED.label, "watch"), "under_way": Badge(Status.UNDER_WAY.label, "info"),
    "done": Badge(Status.DONE.label, "good"), "not_needed": Badge(Status.NOT_NEEDED.label, "quiet"),
}  # fmt: skip
BODIES = {"headquarters": "headquarters", "task_forces": "task_force", "duty_teams": "duty_team"}
NEXT = Text("The next version is {n}. Open the template again.", "下一版应为第 {n} 版，请重新打开模板。")
NO_ITEM = Text("This area has taken no template with this item. See its templates.", "本地区套用的模板无此事项，可查模板列表。")


def _found(area: str, name: str) -> Scheme:
    found = schemes(area, policy(area)).get(name)
    if found is None:
        raise Http404
    return found


def used(area: str, name: str) -> InUse | None:
    """The template as exactly this area has taken it."""
    return next((each for each in in_use(area) if each.event.area == area and each.event.topic == name), None)


def page(request: Request, area: str, name: str) -> HttpResponse:
    """A template's page."""
    one, taken, row = _found(area, name), used(area, name), Area.objects.current().get(code=area)
    held = {(item.part, item.name): item for item in (taken.items if taken else ())}
    people = names.members(item.said.data.get("worker", "") for item in held.values() if item.said)
    parts = []
    for part in (each for each in Part if each.value in one.parts):
        items = [_item(request, area, one, line, held.get((part.value, item_name(line))), people) for line in one.parts[part.value]]
        parts.append((part.label, items))
    open_ = sum(item.is_open for item in held.values())
    written = one.event
    keeper = Area.objects.names({written.area}).get(written.area, written.area) if written else SHIPPED
    pairs: list[tuple[Text, object]] = [
        (Text("Version", "版次"), one.version), (Text("Kept by", "编制单位"), keeper),
        (Text("What is new", "本版修改"), written.data.get("changes") if written else ""),
        (Text("Taken here in version", "本地套用版次"), taken.event.data["version"] if taken else ""),
        (Text("Items not done", "未落实事项"), str(open_) if taken else ""),
    ]  # fmt: skip
    context = {"facts": Facts([(word, value) for word, value in pairs if value]), "parts": parts}
    crumbs = [*links.above(request.account, row, "schemes.list"), (row.name, reverse("schemes.list", args=[area]))]
    heading = Text("{name}", "{name}", name=one.line(name))
    return show(request, "schemes/page.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, area, one, taken))


def _item(request: Request, area: str, one: Scheme, line: str, item: Item | None, people: dict[str, str]) -> dict[str, Any]:
    say = ""
    if item and can(request.account, "headquarters.record"):
        query = urlencode({"part": item.part, "item": item.name})
        say = f"{reverse('schemes.say', args=[area, one.name])}?{query}"
    data = item.said.data if item and item.said else {}
    worker = data.get("worker", "")
    body = links.to("liaison.body", area=area, body=item.name) if item and item.part in BODIES else ""
    return {
        "line": one.line(line), "badge": BADGES[item.status] if item else None, "words": data.get("words", ""),
        "who": people.get(worker, worker), "say": say, "body": body,
    }  # fmt: skip


def _actions(request: Request, area: str, one: Scheme, taken: InUse | None) -> list[Action]:
    if not can(request.account, "headquarters.record"):
        return []
    made = [Action(EDIT, reverse("schemes.edit", args=[area, one.name]), "pencil")] if can(request.account, "headquarters.manage") else []
    if taken is None or taken.event.data["version"] != one.version:
        made.append(Action(RENEW if taken else TAKE, reverse("schemes.take", args=[area, one.name]), "check", primary=True))
    return made


def take(request: Request, area: str, name: str) -> HttpResponse:
    """Takes a template: forms its task forces and duty teams that do not stand yet, and gives every item a status."""
    one = _found(area, name)
    today = clock.now().astimezone(policy(area).timezone).date()
    standing = {body.name for body in bodies(area, today) if body.area == area and body.stands}
    lines = [(kind, line) for part, kind in BODIES.items() for line in one.parts.get(part, ()) if item_name(line) not in standing]

    def entries(_: dict[str, Any], form_id: UUID) -> list[Entry]:
        made = [Entry(form_id, TAKEN, area, {"scheme": name, "version": one.version, "items": names_of(one)})]
        for kind, line in lines:
            about = {"body": item_name(line), "type": kind, "scope": line.replace(":", "：", 1).partition("：")[2].strip(),
                     "since": today.isoformat(), "template": name}  # fmt: skip
            made.append(Entry(uuid5(form_id, line), "headquarters.formed", area, {key: value for key, value in about.items() if value}))
        return made

    context = {"notices": [Notice(MAKES.format(n=len(lines)))]}
    back = reverse("schemes.one", args=[area, name])
    heading = Text("Take: {name}", "套用：{name}", name=one.line(name))
    return respond(request, Asking((), entries, TOOK, back), heading=heading, context=context)


def say(request: Request, area: str, name: str) -> HttpResponse:
    """The form of an item's status."""
    taken = used(area, name)
    asked_for = (request.GET.get("part", ""), request.GET.get("item", ""))
    items = {(each.part, each.name): each for each in (taken.items if taken else ())}
    item = items.get(asked_for) or next(iter(items.values()), None)
    if item is None:
        raise Http404
    asked = fields(SAID, "status", "words", "worker", words={"type": "long_text"}, worker=workers(request.account, area))
    about = {"scheme": name, "part": item.part, "item": item.name}

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        return [Entry(form_id, SAID, area, about | said(SAID, values, area))]

    given = dict(item.said.data) if item.said else {}
    return respond(request, Asking(asked, entries, DONE, reverse("schemes.one", args=[area, name])), initial=given,
                   heading=Text("{name}", "{name}", name=item.name))  # fmt: skip


def edit(request: Request, area: str, name: str = "") -> HttpResponse:
    """Writes a new template, or the next version of one; the earlier versions are kept."""
    before = _found(area, name) if name else None
    version = before.version + 1 if before else 1
    parts = [part.value for part in Part]
    long = {part: {"type": "long_text"} for part in parts}
    extra: dict[str, Any] = {"changes": {"type": "long_text", "required": True}}
    asked = fields(WRITTEN, *(["changes"] if before else ["scheme"]), *parts, **long, **(extra if before else {}))

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        data: dict[str, Any] = {part: [line.strip() for line in (values.get(part) or "").splitlines() if line.strip()] for part in parts}
        data |= {"scheme": name or values.get("scheme", ""), "version": version, "changes": values.get("changes", "")}
        return [Entry(form_id, WRITTEN, area, {key: value for key, value in data.items() if value})]

    given = {part: "\n".join(lines) for part, lines in (before.parts if before else {}).items()}
    back = reverse("schemes.list", args=[area])
    heading = Text("Edit {name}", "编辑 {name}", name=before.line(name)) if before else NEW
    return respond(request, Asking(asked, entries, WROTE.format(n=version), back), initial=given, heading=heading)


def writes(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the version is not the next one of the area's template."""
    held = schemes(entry.area, policy(entry.area)).get(str(entry.data.get("scheme", "")))
    following = held.version + 1 if held else 1
    if not (held and held.event and held.event.id == entry.id) and entry.data.get("version") != following:
        raise Invalid("data.scheme", "wrong_version", NEXT.format(n=following))


def says(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the area has taken no template with this item, or has nobody of that code."""
    taken = used(entry.area, str(entry.data.get("scheme", "")))
    pair = (entry.data.get("part"), entry.data.get("item"))
    if taken is None or pair not in {(item.part, item.name) for item in taken.items}:
        raise Invalid("data.item", "unknown", NO_ITEM)
    of_our_own(account, [str(entry.data.get("worker", ""))], "worker")


guard(WRITTEN, writes)
guard(SAID, says)
