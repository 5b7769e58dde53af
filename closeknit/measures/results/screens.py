"""Results by unit, and one unit's with what is asked for where it repeats."""

from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.folding import fold
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.command.kinds import moment
from closeknit.measures.results.reckoning import Repeat, Result, by_item, results
from closeknit.policy.packs import policy

NAMESPACE = UUID("0191a5c6-6b1e-7c57-9d0e-5d1f2a0c7e11")
TITLE = Text("Results by unit", "督查结果")
NONE = Empty(
    Text("No results yet", "尚无督查结果"),
    Text(
        "What inspections find stands here by unit: items not well, problems, repeats and what follows. Units are named, persons never.",
        "督查发现的问题按单位汇总于此：不合格项、问题、重复发生及处置。只列单位，不列个人。",
    ),
    icon="chart-bar",
)
DRAWN = Text("{unit}: {step}.", "{unit}：{step}。")
GONE = Text("This is done already, or the problem does not repeat any more.", "该处置已完成，或该问题已不再重复。")


def _step(worst: Repeat | None) -> Badge | None:
    if worst is None or worst.step is None:
        return None
    return Badge(worst.words, "bad" if worst.owed else "quiet")


UNITS = Listing(
    columns=(
        Column("unit", Text("Unit", "单位"), lambda row: row.name, sort=lambda row: row.code, phone="title",
               link=lambda row: reverse("results.unit", args=[row.area, row.code])),
        Column("step", Text("What follows", "处置要求"), lambda row: _step(row.worst), phone="end",
               sort=lambda row: (bool(row.worst and row.worst.owed), row.worst.times if row.worst else 0, len(row.problems))),
        Column("repeated", Text("Same problem again", "同类重复"), lambda row: sum(each.times - 1 for each in row.repeats), number=True,
               sort=lambda row: sum(each.times - 1 for each in row.repeats)),
        Column("reopened", Text("Reopened", "重新整改"), lambda row: row.reopened, number=True, sort=lambda row: row.reopened),
        Column("found", Text("Problems found", "发现问题"), lambda row: len(row.problems), number=True,
               sort=lambda row: len(row.problems)),
        Column("open", Text("Not closed", "未销号"), lambda row: row.open, number=True, sort=lambda row: row.open),
        Column("checks", Text("Inspected", "检查次数"), lambda row: len(row.checks), number=True, sort=lambda row: len(row.checks)),
        Column("not_met", Text("Items not well", "不合格项"), lambda row: row.not_met, number=True, sort=lambda row: row.not_met),
        Column("left", Text("Plans without an inspection", "计划内未检查"), lambda row: len(row.left), number=True,
               sort=lambda row: len(row.left)),
    ),
    order="-step",
    empty=NONE,
    search=words_said(lambda row: (row.name, row.code)),
)  # fmt: skip


def units(request: Request, area: str) -> HttpResponse:
    """What supervision comes to by unit, those first of whom something is asked."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    found = results(area, at.now, pack, at.as_of)
    crumbs = links.above(request.account, row, "results.units")
    heading = Text("Results by unit: {area}", "{area} 督查结果", area=row.name)
    return UNITS.respond(request, found, crumbs=crumbs, heading=heading)


def _result(area: str, code: str) -> Result:
    found = next((each for each in results(area, clock.now(), policy(area)) if each.code == code), None)
    if found is None:
        raise Http404
    return found


def unit(request: Request, area: str, code: str) -> HttpResponse:
    """One unit: what was found, what repeats, what follows from it."""
    one, row = _result(area, code), Area.objects.current().get(code=area)
    facts = Facts(
        [
            (Text("Inspected", "检查次数"), len(one.checks)), (Text("Items not well", "不合格项"), f"{one.not_met}/{one.items}"),
            (Text("Problems found", "发现问题"), len(one.problems)), (Text("Not closed", "未销号"), one.open),
            (Text("Reopened", "重新整改"), one.reopened), (Text("Planned, not inspected", "计划内未检查"), "；".join(one.left) or "0"),
        ]
    )  # fmt: skip
    manages = can(request.account, "supervision.manage")
    repeated = [(each, _press(area, each) if manages and each.owed else None) for each in one.repeats]
    listed = sorted(one.problems, key=lambda each: each["found_at"], reverse=True)
    context = {"facts": facts, "repeats": repeated, "items": by_item(one.checks), "problems": listed}
    crumbs = [*links.above(request.account, row, "results.units"), (row.name, reverse("results.units", args=[area]))]
    return show(request, "results/unit.html", context, heading=one.name, crumbs=crumbs)


def _press(area: str, each: Repeat) -> Action:
    sure = Text("Record that this was done with the unit?", "确认已对该单位完成此项处置？")
    word = Text("Done: {step}", "已完成：{step}", step=each.words)
    return Action(word, reverse("results.draw", args=[area, each.unit]), "check", method="post", confirm=sure)


@require_POST
def draw(request: Request, area: str, code: str) -> HttpResponse:
    """Records that what the pack asks for was done, of the first repeat of the unit of which it is owed."""
    one = _result(area, code)
    back = reverse("results.unit", args=[area, code])
    owed = next((each for each in one.repeats if each.owed and each.step), None)
    if owed is None or owed.step is None:
        tell(request, GONE, tone="watch")
        return redirect(back)
    step = str(owed.step["code"])
    event = uuid5(NAMESPACE, f"{code}|{fold(owed.title)}|{owed.times}|{step}|{owed.since.isoformat()}")
    try:
        save(
            request.account,
            Entry(event, "results.drawn", owed.area, {"unit": code, "title": owed.title, "times": owed.times, "step": step}),
        )
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, str(event), DRAWN.format(unit=one.name, step=owed.words), back)
    return redirect(back)
