"""Bringing a list in: the form, the look before it is taken, the progress, and what came of it."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access import trail
from closeknit.access.scope import visible
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Notice, Progress, Tile
from closeknit.console.records import links
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.sealing import seal
from closeknit.kit.text import Text
from closeknit.measures.listintake.models import Draft
from closeknit.measures.listintake.reading import WORDS, Reading, sheets_of, tables
from closeknit.measures.listintake.rules import REASONS, usual_deadline
from closeknit.measures.listintake.taking import take
from closeknit.measures.lists.kinds import sources
from closeknit.policy.packs import Policy, policy
from closeknit.registry.reading.names import masked_id, masked_name, masked_phone
from closeknit.registry.review.uploads import LARGEST, SUFFIXES
from closeknit.registry.roster.problem import RosterProblem

SHOWN, LEAVE_OUT, LONGEST_PASTED = 5, "-", 1_000_000
LABELS: dict[str, Text] = {
    "name": Text("name", "姓名"), "id_no": Text("ID number", "证件号码"), "phone": Text("telephone", "联系电话"),
    "address": Text("address", "地址"), "village": Text("village", "所属村（社区）"), "category": Text("category", "类别"),
    "reason": Text("reason", "推送原因"), "colour": Text("colour", "颜色"), "deadline": Text("deadline", "核查时限"),
    "origin": Text("comes from", "来源地"), "seen_at": Text("when seen", "出现时间"), "seen_where": Text("where seen", "出现地点"),
    "note": Text("note", "备注"),
}  # fmt: skip
STATES = {
    "waiting": Badge(Text("To be looked at", "待确认"), "watch"), "taking": Badge(Text("Being taken", "导入中"), "info", "hourglass"),
    "done": Badge(Text("Taken", "已导入"), "good"),
}  # fmt: skip
COUNTS: tuple[tuple[str, Text, str], ...] = (
    ("new", Text("New items", "新增条目"), "good"), ("repeated", Text("Told before, merged", "重复，已合并"), "quiet"),
    ("unchanged", Text("Taken before", "此前已导入"), "quiet"), ("exact", Text("Found by ID", "证件号一致"), "good"),
    ("folded", Text("Found by name and more", "姓名及电话（住址）一致"), "good"), ("doubtful", Text("To be compared", "待比对"), "watch"),
    ("unplaced", Text("Without a village", "待分派"), "watch"), ("parked", Text("Set aside", "搁置"), "bad"),
)  # fmt: skip
NONE = Empty(
    Text("No list was brought in yet", "尚未导入名单"),
    Text(
        "Choose the county's file as it came; you see how it is read before anything is taken.",
        "选择上级下发的原始文件即可，确认读取无误后再导入。",
    ),
)
NO_FILE = Text("Choose a file, or paste the rows with their headings.", "请选择文件，或粘贴含表头的内容。")
TOO_LARGE = Text("The file is larger than {n} MB. Divide it.", "文件超过 {n} MB，请拆分后导入。", n=LARGEST // 1_000_000)
WRONG_SORT = Text("Allowed: xlsx, xls, ods, csv, tsv.", "可用格式：xlsx、xls、ods、csv、tsv。")
DROPPED = Text("Not taken; the file was destroyed.", "未导入，文件已销毁。")


def _form(request: Request, pack: Policy) -> Form:
    fields = (
        FormField("source", Text("Sort of list", "名单类型"), "choice", required=True, choices=list(sources(pack).items())),
        FormField("list", Text("Its number or name", "名单编号"), maximum=80, help=Text("Left empty: the file's name.",
                                                                                        "不填则用文件名。")),
        FormField("deadline", Text("To be verified by", "核查时限"), "datetime",
                  help=Text("For rows that say nothing else. Left empty: as the rules have it.", "用于未写时限的行；不填则按规定时限。")),
        FormField("rows", Text("Or paste the rows, headings first", "或粘贴表格内容（首行为表头）"), "long_text", maximum=LONGEST_PASTED),
    )  # fmt: skip
    return Form(fields, request.POST if request.method == "POST" else None)


def bring(request: Request) -> HttpResponse:
    """The form, and what was brought in before."""
    pack = policy(request.account.area)
    form = _form(request, pack)
    if form.valid() and (draft := _kept(request, form, pack)):
        return redirect("lists.draft", draft=draft.id)
    listing = Listing(
        columns=(
            Column("list", Text("List", "名单"), lambda row: row.list, sort=("list", "at"), phone="title",
                   link=lambda row: reverse("lists.draft", args=[row.id])),
            Column("state", Text("State", "状态"), lambda row: STATES[row.state], sort=("state", "at"), phone="end",
                   export=lambda row: STATES[row.state].label),
            Column("at", Text("Brought in", "导入时间"), lambda row: row.at, sort=("at",)),
            Column("by", Text("By", "导入人"), lambda row: row.by),
            Column("total", Text("Rows", "行数"), lambda row: row.total, sort=("total", "at"), number=True),
            *(Column(name, label, lambda row, name=name: row.summary.get(name, 0), number=True, hidden=tone == "quiet")  # type: ignore[misc]
              for name, label, tone in COUNTS),
        ),
        order="-at",
        empty=NONE,
        search=words_in("list", "file", "by"),
    )  # fmt: skip
    context = {"form": form, "accepted": ",".join(SUFFIXES), "submit": Text("Look at it", "读取并预览")}
    actions = [Action(Text("Rows set aside", "搁置行"), links.to("lists.parked"), "list-check")]
    return listing.respond(request, _mine(request), template="lists/bring.html", context=context, actions=actions)


def _mine(request: Request) -> QuerySet[Draft]:
    return visible(Draft.objects.all(), request.account)


def _kept(request: Request, form: Form, pack: Policy) -> Draft | None:
    """The draft of what was handed in; None, and the form says why, where it cannot be read."""
    handed, pasted = request.FILES.get("file"), form.values["rows"] or ""
    if not handed and not pasted.strip():
        form.refuse("rows", NO_FILE)
        return None
    name = Path((handed.name if handed else "") or "list.tsv").name[-150:]
    if handed and ((handed.size or 0) > LARGEST or not name.lower().endswith(SUFFIXES)):
        form.refuse("", TOO_LARGE if (handed.size or 0) > LARGEST else WRONG_SORT)
        return None
    now = clock.now()
    due = form.values["deadline"] or usual_deadline(form.values["source"], now, pack)
    draft = Draft(
        at=now, by=author(request.account), area=request.account.area, file=name, list=form.values["list"] or name.partition(".")[0][:80],
        source=form.values["source"], deadline=due if due.tzinfo else due.replace(tzinfo=pack.timezone), mapping=_remembered(request),
    )  # fmt: skip
    try:
        with TemporaryDirectory(prefix="closeknit-list-") as folder:
            path = Path(folder) / name
            path.write_bytes(handed.read() if handed else pasted.encode())
            sheets = sheets_of(path)
    except RosterProblem as problem:
        form.refuse("", problem.text)
        return None
    draft.sealed = seal({"sheets": sheets}, about=f"draft|{draft.id}")
    return _counted(draft, sheets, form, pack)


def _counted(draft: Draft, sheets: list[Any], form: Form, pack: Policy) -> Draft | None:
    draft.total = sum(1 for _ in Reading(draft, pack, draft.at).rows(sheets))
    if not draft.total:
        form.refuse("", Text("No row of a person was found: one row must hold the headings, a name among them.",
                             "未找到人员行：须有一行是列名，其中要有“姓名”。"))  # fmt: skip
        return None
    draft.save(force_insert=True)
    return draft


def _remembered(request: Request) -> dict[str, str]:
    """What headings were said to mean before, the latest word last."""
    mapping: dict[str, str] = {}
    for said in _mine(request).exclude(mapping={}).order_by("-at").values_list("mapping", flat=True)[:20]:
        mapping = {**said, **mapping}
    return mapping


def one(request: Request, draft: UUID) -> HttpResponse:
    """How a file is read, before it is taken; afterwards what came of it."""
    held = _mine(request).filter(id=draft).first()
    if held is None:
        raise Http404
    if request.method == "POST" and held.state == Draft.State.WAITING:
        _remapped(request, held)
        return redirect("lists.draft", draft=held.id)
    context = _looked_at(request, held) if held.state == Draft.State.WAITING else _came_of(request, held)
    crumbs = [(Text("Lists brought in", "名单导入"), reverse("lists.bring"))]
    return show(request, "lists/draft.html", {"draft": held, **context}, heading=held.list, crumbs=crumbs)


def _remapped(request: Request, held: Draft) -> None:
    """Takes over what was said of headings: a field of ours, or nothing."""
    for heading, field in zip(request.POST.getlist("heading"), request.POST.getlist("field"), strict=False):
        if field in WORDS or field == LEAVE_OUT:
            held.mapping[heading[:60]] = "" if field == LEAVE_OUT else field
    held.total = sum(1 for _ in Reading(held, policy(held.area), held.at).rows())
    held.save(update_fields=["mapping", "total"])


def _looked_at(request: Request, held: Draft) -> dict[str, Any]:
    pack, sheets = policy(held.area), held.sheets()
    rows = list(Reading(held, pack, held.at).rows(sheets))
    reasons = Counter((row.problem, row.column) for row in rows if row.problem)
    shown = [row for row in rows if not row.problem][:SHOWN]
    if shown:
        trail.read(request.account, request.screen.name, [f"list:{held.id}"], what="list", path=request.path)
    fields = [(name, label) for name, label in LABELS.items() if name != "colour" or pack.has("health_code")]
    columns = [(table.sheet or "", _headings(table)) for table in tables(held, sheets)]
    return {
        "preview": True, "columns": columns, "fields": fields, "source": sources(pack).get(held.source, held.source),
        "parked": [(*REASONS[reason], column, number) for (reason, column), number in sorted(reasons.items())],
        "unplaced": sum(1 for row in rows if not row.problem and not row.area),
        "sample": [(row.number, masked_name(row.data["name"]), masked_id(row.data["id_no"]), masked_phone(row.data["phone"]),
                    row.data) for row in shown],
    }  # fmt: skip


def _headings(table: Any) -> list[tuple[str, str, bool]]:
    """The headings of a table with the field that each means, and whether nothing of it is kept."""
    meant = {place: field for field, places in table.columns.places.items() for place in places}
    dropped = set(table.columns.dropped_places)
    return [(text, meant.get(place, ""), place in dropped) for place, text in enumerate(table.columns.headings) if text]


def _came_of(request: Request, held: Draft) -> dict[str, Any]:
    ways = {
        "doubtful": links.to("lists.pairs", area=held.area), "unplaced": links.to("lists.places", area=held.area),
        "parked": links.to("lists.parked"), "new": links.to("lists.items", area=held.area),
    }  # fmt: skip
    tiles = [
        Tile(held.summary.get(name, 0), label, ways.get(name, ""), tone=tone if held.summary.get(name) else "quiet")
        for name, label, tone in COUNTS
    ]
    bad = held.summary.get("parked", 0)
    notice = Notice(Text("{n} row{n:s} set aside: correct the file and bring it in again under the same number; nothing is taken twice.",
                         "有 {n} 行搁置：更正后以同一名单编号重新导入即可，不会重复。", n=bad), "watch") if bad else None  # fmt: skip
    return {"tiles": tiles, "progress": Progress(held.taken, held.total), "notice": notice, "running": held.state == Draft.State.TAKING}


@require_POST
def take_on(request: Request, draft: UUID) -> HttpResponse:
    """Takes the next rows; the page asks again by itself until none is left."""
    held = _mine(request).filter(id=draft).first()
    if held is None:
        raise Http404
    held = take(held, request.account)
    if "HX-Request" in request.headers:
        return render(request, "lists/taken.html", {"draft": held, **_came_of(request, held)})
    return redirect("lists.draft", draft=held.id)


@require_POST
def drop(request: Request, draft: UUID) -> HttpResponse:
    """Destroys a file that is not to be taken."""
    held = _mine(request).filter(id=draft, state=Draft.State.WAITING).first()
    if held is None:
        raise Http404
    held.delete()
    tell(request, DROPPED, tone="info")
    return redirect("lists.bring")
