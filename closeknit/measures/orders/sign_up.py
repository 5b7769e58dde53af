"""The chain sign-up of a chat group: paste or upload it, see what it comes to, take it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.scope import areas_of, can
from closeknit.areas.models import Area, Level
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Notice, Tile
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.tables import TableProblem, decoded
from closeknit.kit.text import Text
from closeknit.measures.chains.kinds import Reading, doors_of, read_chain, words_for
from closeknit.measures.orders import taking
from closeknit.measures.supplies.kinds import Closings, Parked, catalogue

WHY = {each.value: each.label for each in Parked}
LONGEST = 200_000
LONGEST_AGO = timedelta(days=14)
EMPTY = Text("Paste the text of the sign-up, or choose its file.", "请粘贴接龙文本，或选择文件。")
TOO_LONG = Text("At most {n} characters. Take one sign-up at a time.", "文本过长，最多 {n} 字。请一次只导入一个接龙。", n=LONGEST)
NOT_THEN = Text("Give a time of the last {n} days, none to come.", "请填写最近 {n} 天内的时间，不能晚于现在。", n=LONGEST_AGO.days)
TAKEN = Text("Taken: {n} change{n:s}. Lines to look at: {m}.", "已登记 {n} 项变动，待核 {m} 条。")
NEXT_ROUND = Text(
    "Orders of {day} closed at {closed}. What is taken now goes into the round of {round}.",
    "{day} 的订购已于 {closed} 截止，本次登记计入 {round} 批次。",
)
ROUND = Text("Round of {round}; orders are taken until {closes}.", "计入 {round} 批次，订购截止时间 {closes}。")
OTHER = Text(
    "Another sign-up was taken for this round. Its orders stand, and these are added to them.",
    "本批次已登记过另一个接龙，其订单保留，本次另行计入。",
)


def area_of_form(request: Request, area: str) -> list[tuple[str, str]]:
    """The villages of which a sign-up may be taken here."""
    rows = areas_of(request.account).filter(level=Level.VILLAGE, code__in=Area.objects.below(area).values("code")).order_by("path")
    return list(rows.values_list("code", "name"))


@dataclass
class Asked:
    """One form: a village, a text, and the time until which it was written."""

    request: Request
    area: str

    @cached_property
    def form(self) -> Form:
        """What is asked, and what was answered."""
        inside = Area.objects.current().get(code=self.area)
        villages = area_of_form(self.request, self.area) or [(code, name) for code, name in [(inside.code, inside.name)]]
        fields = [
            FormField("village", Text("Village or community", "村（社区）"), "choice", True, villages),
            FormField("text", Text("Text of the sign-up", "接龙文本"), "long_text",
                      help=Text("The newest copy is enough; again changes nothing.", "复制最新一条接龙即可，重复粘贴不会重复登记。")),
            FormField("until", Text("Written until", "接龙时间"), "datetime", help=Text("Left empty: now.", "不填即为现在。")),
        ]  # fmt: skip
        form = Form(fields, self.request.POST if self.request.method == "POST" else None, {"village": villages[0][0]})
        if form.data is not None:
            self._judge(form)
        return form

    def _judge(self, form: Form) -> None:
        text = form.values.get("text") or ""
        file = self.request.FILES.get("file")
        if file is not None and file.size is not None and file.size <= 4 * LONGEST:
            try:
                text = decoded(file.read(), str(file.name))
            except TableProblem as problem:
                form.refuse("text", problem.text)
        form.values["text"] = text
        if not text.strip() and "text" not in form.errors:
            form.refuse("text", EMPTY)
        if len(text) > LONGEST:
            form.refuse("text", TOO_LONG)
        until = form.values.get("until")
        if until is not None and not clock.now() - LONGEST_AGO <= until <= clock.now():
            form.refuse("until", NOT_THEN)

    @property
    def village(self) -> str:
        return str(self.form.values["village"])

    @property
    def at(self) -> datetime:
        return self.form.values.get("until") or clock.now()


@dataclass
class Preview:
    """What a text comes to in a village, before anything is recorded."""

    asked: Asked

    @cached_property
    def reading(self) -> Reading:
        return read_chain(self.text, doors_of(self.asked.village), words_for(self.asked.village))

    @property
    def text(self) -> str:
        return str(self.asked.form.values["text"])

    @cached_property
    def closings(self) -> Closings:
        return Closings.of(self.asked.village)

    @cached_property
    def day(self) -> str:
        """The round into which it goes."""
        return self.closings.day(self.asked.village, self.asked.at).isoformat()

    @cached_property
    def held(self) -> taking.Held:
        return taking.Held.of(self.asked.village, self.day, self.closings)

    @cached_property
    def chain(self) -> str:
        return self.held.chain(self.reading.orders)

    @cached_property
    def changes(self) -> list[taking.Change]:
        return taking.changes(self.held, self.chain, self.reading)

    @property
    def notices(self) -> list[Notice]:
        """Which round, and what the reader must know before taking it."""
        zone, village = self.closings.pack.timezone, self.asked.village
        today = self.asked.at.astimezone(zone).date()
        closed = self.closings.closes(village, today).astimezone(zone)
        if today.isoformat() != self.day:
            said = [Notice(NEXT_ROUND.format(day=today.isoformat(), closed=closed.strftime("%H:%M"), round=self.day), "watch")]
        else:
            said = [Notice(ROUND.format(round=self.day, closes=closed.strftime("%H:%M")))]
        others = [chain for chain in self.held.orders if chain != self.chain and self.held.orders[chain]]
        return [*said, *([Notice(OTHER)] if others else [])]

    def lines(self, *, full: bool) -> list[dict[str, Any]]:
        """The lines that are no talk: as they were written, how they were read, and why somebody must look."""
        raw = self.text.splitlines()
        packs = catalogue(self.asked.village)
        looks = {look.line.number: look for look in self.reading.looks}
        called = names.households({household for _, household in self.reading.taken.values()}, full=full)
        made = []
        for number in sorted(self.reading.taken.keys() | looks.keys()):
            look = looks.get(number)
            line, household = self.reading.taken.get(number) or (looks[number].line, "")
            said = [f"{packs[code].label} {quantity}" for code, quantity in (line.packs or {}).items() if code in packs]
            shown = {"raw": raw[number - 1], "home": called.get(household), "said": "、".join(said), "act": line.act}
            made.append({"number": number, "why": WHY[look.why.value] if look else None, **shown})
        return made

    def tiles(self) -> list[Tile]:
        """How much would change."""
        made = self.changes
        counts = (
            (sum(1 for each in made if not each.before), Text("New orders", "新增订单"), "info"),
            (sum(1 for each in made if each.before and each.after), Text("Changed", "变更"), "info"),
            (sum(1 for each in made if not each.after), Text("Withdrawn", "取消"), "info"),
            (len(self.reading.looks), Text("Lines to look at", "待核条目"), "watch"),
            (len(taking.missing(self.held, self.chain, self.reading)), Text("Ordered before, not here", "原有订单不在本文本"), "watch"),
        )
        return [Tile(number, label, tone=tone if number else "quiet") for number, label, tone in counts]

    def take(self) -> tuple[int, int, list[Text]]:
        """Records it; how many changes, how many lines wait, and what could not be recorded."""
        made = self.changes
        areas = taking.areas_of(change.household for change in made)
        orders = taking.entries(self.held, self.chain, made, at=self.asked.at, areas=areas, day=self.day)
        lines = dict(enumerate(self.text.splitlines(), 1))
        left = taking.parked(self.asked.village, self.day, self.reading.looks, lines)
        refused = taking.write(self.asked.request.account, [*orders, *left])
        return len(made), len(left), [each.text for each in refused]


def chain(request: Request, area: str) -> HttpResponse:
    """The form; its preview; and the taking."""
    row = Area.objects.current().get(code=area)
    asked = Asked(request, area)
    waits = reverse("orders.lines", args=[area])
    actions = [Action(Text("Lines to look at", "待核条目"), waits, "clipboard-list")]
    frame: dict[str, Any] = {"crumbs": links.above(request.account, row, "orders.chain"), "actions": actions}
    may_record = can(request.account, "supplies.record")
    if request.method != "POST" or not may_record or not asked.form.valid():
        context = {"form": asked.form, "may_record": may_record}
        return show(request, "orders/chain.html", context, status=422 if asked.form.errors else 200, **frame)
    preview = Preview(asked)
    if request.POST.get("do") == "take":
        changed, left, refused = preview.take()
        tell(request, TAKEN.format(n=changed, m=left))
        for text in refused:
            tell(request, text, tone="bad")
        return redirect(waits if left else reverse("orders.chain", args=[area]))
    households = [household for _, household in preview.reading.taken.values()]
    trail.read(request.account, request.screen.name, households, what="household", path=request.path)
    full = names.in_full(request.account, "supplies.record")
    context = {"preview": preview, "lines": preview.lines(full=full), "tiles": preview.tiles(), "form": asked.form}
    return show(request, "orders/preview.html", context, heading=Text("What the sign-up says", "接龙识别结果"), **frame)
