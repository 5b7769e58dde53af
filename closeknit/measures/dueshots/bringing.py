"""Bringing base numbers in: pasted lines of code or ID number, doses, day of the last. What cannot be read stays in the form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.wire import cleaned
from closeknit.measures.vaccination.kinds import Source
from closeknit.registry.models import Found, Person
from closeknit.registry.reading.pasting import pasted

MOST = 1_000
CUT = re.compile(r"[,，;；\t 　]+")
DAY = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?")
TAKEN = Text("Doses of {n} person{n:s} are recorded.", "已录入 {n} 人。")
LEFT = Text("{n} line{n:s} could not be taken and stand in the form: {lines}", "{n} 行未能录入，已留在表中：{lines}")
HELP = Text(
    "One person a line: code or ID number, doses had, day of the last dose. For example P001, 2, 2021-09-01. At most {n} lines.",
    "每行一人：人员编号或证件号，已接种剂数，末剂日期。例如 P001, 2, 2021-09-01。最多 {n} 行。",
    n=MOST,
)
FIELDS = (
    FormField("source", Text("Known from", "来源"), "choice", choices=[(each.value, each.label) for each in Source]),
    FormField("lines", Text("Lines", "名单"), "long_text", required=True, help=HELP, maximum=80_000),
)


@dataclass(frozen=True)
class Read:
    """A line as it was read: whom it names, how many doses, when the last was."""

    line: str
    who: str
    doses: int
    last_on: str


def read(line: str) -> Read | None:
    """A pasted line taken apart; None where it does not say whom and how many."""
    who, _, rest = (CUT.sub(",", line.strip()).strip(",")).partition(",")
    doses, _, day = rest.partition(",")
    if not who or not doses.isascii() or not doses.isdigit():
        return None
    said = DAY.fullmatch(day) if day else None
    if day and said is None:
        return None
    try:
        return Read(line, who, int(doses), date(*map(int, said.groups())).isoformat() if said else "")
    except ValueError:
        return None


def take(request: Request, lines: Iterable[str], source: str) -> tuple[int, list[str]]:
    """Records what can be taken; how many, and the lines that could not be."""
    lines = [line for line in lines if line.strip()]
    rows = [(line, read(line)) for line in lines[:MOST]]
    among, found = visible(Person.objects.current(), request.account), visible(Found.objects.filter(what="person"), request.account)
    meant = pasted([row.who for _, row in rows if row], among, found).meant
    areas = dict(among.filter(code__in=meant.values()).values_list("code", "area"))
    areas |= dict(found.filter(code__in=meant.values()).values_list("code", "area"))
    left, entries, asked = [*lines[MOST:]], [], []
    for line, row in rows:
        code = meant.get(row.who) if row else None
        if row is None or code is None:
            left.append(line)
            continue
        data = cleaned({"doses": row.doses, "last_on": row.last_on, "source": source})
        entries.append(Entry(uuid7(), "vaccination.base_set", areas[code], data, {"person": code}, clock.now()))
        asked.append(line)
    answers = save_many(request.account, entries, by=author(request.account))
    left += [line for line, answer in zip(asked, answers, strict=True) if isinstance(answer, Invalid)]
    return len(entries) - sum(isinstance(answer, Invalid) for answer in answers), left


def bring(request: Request, area: str) -> HttpResponse:
    """The form; what was taken is recorded, what was not stays in it."""
    form = Form(FIELDS, request.POST if request.method == "POST" else None)
    row = Area.objects.current().get(code=area)
    if form.valid():
        taken, left = take(request, form.values["lines"].splitlines(), form.values.get("source") or "")
        if not left:
            tell(request, TAKEN.format(n=taken))
            return redirect("dueshots.numbers", area=area)
        if taken:
            tell(request, TAKEN.format(n=taken))
        form = Form(FIELDS, None, {"lines": "\n".join(left), "source": form.values.get("source")})
        form.refuse("lines", LEFT.format(n=len(left), lines="；".join(left[:5])))
    context = {"form": form, "cancel": reverse("dueshots.numbers", args=[area])}
    crumbs = [(row.name, reverse("dueshots.numbers", args=[area]))]
    return show(request, "console/pages/form.html", context, crumbs=crumbs, status=422 if form.errors else 200)
