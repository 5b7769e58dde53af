"""Making a group, changing it, and adding its people: from a pasted list, or by a mark or category of the register."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from closeknit.access.models import Account
from closeknit.access.scope import in_scope, visible
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.rules import categories
from closeknit.campaigns.cadences.standing import area_of_group
from closeknit.campaigns.models import Group, Owing
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, author, device, guard, save
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.folding import fold
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.record import record_many
from closeknit.policy.packs import Policy, policy
from closeknit.registry.kinds import Category
from closeknit.registry.models import Found, Person, Place
from closeknit.registry.reading.names import choices
from closeknit.registry.reading.pasting import pasted

MOST = 5_000
DAYS = Text("days", "天")
CATEGORIES = [(each.value, each.label) for each in Category]
OTHERS = Text("This group's code is taken in another area. Choose another code.", "该编号已被其他辖区使用，请另编。")
NO_CATEGORY = Text("The pack has no such category; there are: {known}.", "政策包中没有该类别；可用：{known}。")
NO_GROUP = Text("There is no group of this code here. Make it first.", "没有该编号的人群组，请先新建。")
SET = Text("Kept. Add its people now.", "已保存，请加入人员。")
ADDED = Text("{n} added, {already} belonged already.", "已加入 {n} 人，{already} 人原已在组。")
UNKNOWN = Text(
    "{n} line{n:s} nobody of your area answers to: {lines}. Nothing was added; put them right, or take them out and save again.",
    "有 {n} 行在您的辖区内查无此人：{lines}。尚未加入任何人，请更正或删去后重新保存。",
)
NOBODY = Text("Paste codes or ID numbers, or choose a mark or a category.", "请粘贴编号或证件号，或选择标签、类别。")
NONE_FITS = Text("Nobody in this area bears it.", "该区域内没有符合的人员。")
TOO_MANY = Text("{n} persons at once is too many; at most {most}.", "一次加入 {n} 人过多，最多 {most} 人。")


def _of_ours(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the group is another area's, where there is none to belong to, or where the pack knows no such category."""
    lies_in = area_of_group(str(entry.data.get("group", "")))
    if lies_in is not None and not in_scope(account, lies_in):
        raise Invalid("data.group", "outside", OTHERS)
    if entry.kind != "routine.group_set" and lies_in is None:
        raise Invalid("data.group", "unknown_code", NO_GROUP)
    if entry.kind == "routine.group_set" and entry.data.get("category") not in categories(policy(entry.area)):
        known = ", ".join(categories(policy(entry.area)))
        raise Invalid("data.category", "unknown_code", NO_CATEGORY.format(known=known))


for kind in ("routine.group_set", "routine.member_added", "routine.member_left", "routine.drawn"):
    guard(kind, _of_ours)


def _fields(account: Account, pack: Policy, *, new: bool) -> list[FormField]:
    often = Text("Left empty: as the policy pack says for the category.", "不填则按政策包中该类别的频次。")
    drawn = Text("Only where some are drawn by lot each time, such as pupils: 20.", "仅随机抽检的人群填写，如学生填 20。")
    places = [(place.code, place.name) for place in visible(Place.objects.current(), account).order_by("name")[:400]]
    return [
        *([FormField("group", Text("Code", "编号"), required=True, maximum=60)] if new else []),
        FormField("label", Text("Name", "名称"), required=True, maximum=100),
        FormField("label_en", Text("Name in English", "英文名称"), maximum=100),
        FormField("category", Text("Category", "人群类别"), "choice", required=True, choices=list(categories(pack).items())),
        FormField("cadence_days", Text("Every so many days", "检测间隔"), "integer", unit=DAYS, minimum=1, maximum=366, help=often),
        FormField("percent", Text("Share drawn each time", "每次抽检比例"), "number", unit="%", minimum=0.1, maximum=100, help=drawn),
        *([FormField("place", Text("Place", "场所"), "choice", choices=places)] if places else []),
        FormField("area", Text("Area", "所属区域"), "choice", required=True, choices=choices(account)),
        FormField("from_day", Text("From", "起始日期"), "date"), FormField("until_day", Text("Until", "结束日期"), "date"),
    ]  # fmt: skip


def new(request: Request, area: str) -> HttpResponse:
    """A new group."""
    row = Area.objects.current().get(code=area)
    number = Group.objects.count() + 1
    initial = {"group": f"KP-{area[-6:]}-{number:02d}", "area": area}
    crumbs = [*links.above(request.account, row, "routine.groups"), (row.name, links.to("routine.groups", area=area))]
    return _set(request, initial, cancel=links.to("routine.groups", area=area), crumbs=crumbs)


def change(request: Request, code: str) -> HttpResponse:
    """A group put right; both versions are kept."""
    row = Group.objects.filter(topic=code).first()
    if row is None:
        raise Http404
    days = {"from_day": row.starts_at.date(), "until_day": row.ends_at.date() if row.ends_at else None}
    initial = {
        "label": row.label, "label_en": row.label_en, "category": row.category, "cadence_days": row.cadence_days, "place": row.place,
        "percent": f"{row.share * 100:g}" if row.share else None, "area": row.area, **days,
    }  # fmt: skip
    back = links.to("routine.group", code=code)
    return _set(request, initial, code=code, cancel=back, crumbs=[(row.label, back)])


def _set(request: Request, initial: Mapping[str, Any], *, cancel: str, crumbs: Sequence[tuple[str, str]], code: str = "") -> HttpResponse:
    pack = policy(request.account.area)
    fields = [FormField("event", "", "hidden"), *_fields(request.account, pack, new=not code)]
    form = Form(fields, request.POST if request.method == "POST" else None, {"event": str(uuid7()), **initial})
    if form.valid():
        group = code or form.values["group"]
        try:
            save(request.account, _entry(form, group))
        except Invalid as invalid:
            form.refuse(invalid.field.removeprefix("data."), invalid.text)
        else:
            tell(request, SET)
            return redirect(links.to("routine.group", code=group))
    context = {"form": form, "cancel": cancel}
    return show(request, "console/pages/form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _entry(form: Form, group: str) -> Entry:
    data: dict[str, Any] = {name: form.values.get(name) for name in ("label", "label_en", "category", "cadence_days")}
    data |= {name: day.isoformat() for name in ("from_day", "until_day") if (day := form.values.get(name))}
    if form.values.get("percent"):
        data["share"] = round(float(form.values["percent"]) / 100, 6)
    data = {"group": group, **{name: value for name, value in data.items() if value not in (None, "")}}
    return Entry(UUID(form.values["event"]), "routine.group_set", form.values["area"], data, {"place": form.values.get("place", "")})


def bearing(among: QuerySet[Person], *, tag: str, category: str, area: str) -> list[str]:
    """Who in an area bears a mark or is of a category of the register."""
    rows = among.filter(area__in=Area.objects.below(area).values("code"))
    rows = rows.filter(category=category) if category else rows
    if tag:
        rows = rows.filter(Q(tags__icontains=f'"{tag}"') | Q(tags__icontains=json.dumps(tag)))
    return list(rows.order_by("code").values_list("code", flat=True))


def add(request: Request, code: str) -> HttpResponse:
    """Adds people to a group: all of the list, or nobody and a word on the lines that cannot be."""
    row = Group.objects.filter(topic=code).first()
    if row is None:
        raise Http404
    own, tags = choices(request.account), _tags(request.account)
    fields = [
        FormField("event", "", "hidden"),
        FormField("people", Text("Codes or ID numbers, one a line", "人员编号或证件号，每行一个"), "long_text", maximum=200_000),
        *([FormField("tag", Text("Or all who bear a mark of the register", "或按底册标签"), "choice", choices=tags)] if tags else []),
        FormField("category", Text("Or all of a category", "或按人员类别"), "choice", choices=CATEGORIES),
        FormField("area", Text("Of this area (for mark and category)", "所在区域（按标签、类别时）"), "choice", choices=own),
        FormField("school_class", Text("Class, in a school", "班级（学校填写）"), maximum=60),
        FormField("from_day", Text("From", "起始日期"), "date"),
    ]  # fmt: skip
    form = Form(fields, request.POST if request.method == "POST" else None, {"event": str(uuid7()), "area": row.area})
    if form.valid():
        whom = _whom(request.account, form)
        if whom:
            already = set(Owing.objects.filter(draw=None, group=code, person__in=whom).values_list("person", flat=True))
            join(request.account, row, [each for each in whom if each not in already], form)
            tell(request, ADDED.format(n=len(set(whom) - already), already=len(already)))
            return redirect(links.to("routine.group", code=code))
    back = links.to("routine.group", code=code)
    context = {"form": form, "cancel": back}
    heading = Text("Add people: {name}", "加入人员：{name}", name=row.label)
    return show(
        request, "console/pages/form.html", context, heading=heading, crumbs=[(row.label, back)], status=422 if form.errors else 200
    )


def _whom(account: Account, form: Form) -> list[str]:
    """The persons that the form means; empty, with the error beside its field, where it cannot be."""
    said, mine = form.values, visible(Person.objects.current(), account)
    if said["people"]:
        found = visible(Found.objects.filter(what="person"), account)
        whom = pasted(fold_lines(said["people"]), mine, found)
        codes = whom.codes
        if whom.unknown:
            form.refuse("people", UNKNOWN.format(n=len(whom.unknown), lines="、".join(whom.unknown[:8])))
    elif said.get("tag") or said["category"]:
        codes = bearing(mine, tag=said.get("tag", ""), category=said["category"], area=said["area"] or account.area)
        if not codes:
            form.refuse("area", NONE_FITS)
    else:
        codes = []
        form.refuse("people", NOBODY)
    if len(codes) > MOST:
        form.refuse("", TOO_MANY.format(n=len(codes), most=MOST))
    return [] if form.errors else codes


def fold_lines(text: str) -> list[str]:
    """The codes of a pasted list: one a line, or between commas; full width as narrow."""
    wide = str.maketrans("０１２３４５６７８９ＸｘＧ，；、\t", "0123456789XxG\n\n\n\n")
    return [part.strip() for part in text.translate(wide).replace(",", "\n").replace(";", "\n").splitlines() if fold(part)]


def join(account: Account, group: Group, persons: Sequence[str], form: Form) -> None:
    """Records who joins; the same form sent twice adds nobody twice."""
    data = {"group": group.topic, "school_class": form.values["school_class"]}
    if form.values["from_day"]:
        data["from_day"] = form.values["from_day"].isoformat()
    at, form_id = clock.now().isoformat(), UUID(form.values["event"])
    events = [
        {"id": str(uuid5(form_id, person)), "kind": "routine.member_added", "area": group.area, "at": at, "person": person,
         "data": {name: value for name, value in data.items() if value}}
        for person in persons
    ]  # fmt: skip
    if events:
        record_many(events, by=author(account), device=device(account))


def _tags(account: Account) -> list[tuple[str, str]]:
    """The marks that people of the account's area bear."""
    marks: set[str] = set()
    for tags in visible(Person.objects.current(), account).exclude(tags=[]).values_list("tags", flat=True).distinct():
        marks |= set(tags)
    return [(tag, tag) for tag in sorted(marks)]
