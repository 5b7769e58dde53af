"""Printing sheets: of which kind, where, with which rows, and who takes them out."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope, visible
from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Empty
from closeknit.console.records.saving import author
from closeknit.console.records.screens import kind_for, permission
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Kind, kinds, measure_label
from closeknit.measures.sheets.lists import SHEETS
from closeknit.paper import printing, rows
from closeknit.paper.rows import MOST_SHEETS, ROWS
from closeknit.policy.packs import policy
from closeknit.registry.models import Member, Place
from closeknit.registry.reading.names import choices as areas
from closeknit.reports.figures import is_asked

MOST_LISTED = 400  # members and places in a list to choose from; of more, the code is typed
LEFT = Text("{campaign}: who is still to do", "{campaign}：未完成对象")
ALL = Text("Everybody and everything there", "辖区内全部对象")
WORKERS = Text("The workers there, a row each", "辖区工作人员，每人一行")
BLANK = Text("Blank rows", "空白行")
EVERYBODY_DONE = Text("Nobody is left to do here. Choose another area, or blank rows.", "本地区已无未完成对象。请另选地区或选择空白行。")
TOO_MANY = Text(
    "{n} rows make more than {most} sheets. Choose a village or a grid.", "共 {n} 行，超过 {most} 张。请按村（社区）或网格分别打印。"
)
NO_SUCH = Text("Nothing of this code lies in your area.", "辖区内没有此编号。")
ONLY_OWN = Text("You print sheets for yourself; whoever enters sheets prints them for others.", "只能为本人打印，他人用表由录入人员打印。")
NOTHING = Empty(
    Text("You record nothing of which there is a sheet", "您没有可打印的登记类型"),
    Text("Sheets are printed by those who record.", "纸质表由登记人员打印。"),
    icon="printer",
)


def choose(request: Request) -> HttpResponse:
    """The kinds of which there are sheets; with `?kind=` the form for one of them."""
    name = request.GET.get("kind", "")
    if not name:
        return show(request, "sheets/choose.html", {"groups": _groups(request.account), "nothing": NOTHING}, crumbs=[_crumb()])
    if name not in kinds() or not kinds()[name].by_form:
        raise Http404
    kind = kind_for(request.account, name, "record")
    asking = Asking(request, kind)
    if asking.form.valid():
        sheets = asking.printed()
        if sheets:
            return redirect(f"{reverse('sheets.paper', args=[sheets[0].code])}?{urlencode({'run': 1})}")
    frame: dict[str, Any] = {"heading": kind.label, "crumbs": [_crumb(), (request.screen.title, reverse("sheets.print"))]}
    context = {"form": asking.form, "cancel": reverse("sheets.print"), "submit": Text("To the sheets", "生成纸质表")}
    return show(request, "console/pages/form.html", context, status=422 if asking.form.errors else 200, **frame)


def _crumb() -> tuple[Text | str, str]:
    return SHEETS, reverse("sheets.list")


def _groups(account: Account) -> list[tuple[Text, list[tuple[Text, str]]]]:
    """The kinds that the account records, by measure."""
    in_force, groups = policy(account.area), {}
    for kind in kinds().values():
        if kind.by_form and is_asked(kind, in_force) and can(account, permission(kind, "record")):
            line = (kind.label, f"{reverse('sheets.print')}?{urlencode({'kind': kind.name})}")
            groups.setdefault(kind.measure, []).append(line)
    return [(measure_label(measure), lines) for measure, lines in groups.items()]


class Asking:
    """The form for sheets of one kind, and what becomes of the answers."""

    def __init__(self, request: Request, kind: Kind) -> None:
        self.account, self.kind = request.account, kind
        own = Area.objects.current().filter(code=request.account.area).first()
        self.campaigns = rows.running(kind, own) if own else []
        posted = request.POST if request.method == "POST" else None
        sources = self._sources()
        initial = {
            "run": str(uuid4()), "area": request.GET.get("area", request.account.area), "rows": sources[0][0], "blank": 1,
            "member": request.account.member, "day": clock.now().astimezone(policy(request.account.area).timezone).date(),
        }  # fmt: skip
        self.form = Form(self._fields(sources), posted, initial)

    def _sources(self) -> list[tuple[str, Text]]:
        """What the rows may be."""
        about = rows.about_of(self.kind)
        left = [(f"left:{each.code}", LEFT.format(campaign=str(each))) for each in self.campaigns]
        people = [("all", ALL)] if about else [] if self.kind.whereabouts else [("workers", WORKERS)]
        return [*left, *people, ("blank", BLANK)]

    def _fields(self, sources: Sequence[tuple[str, Text]]) -> list[FormField]:
        fields = [
            FormField("run", Text("Number", "编号"), "hidden", required=True, maximum=36),
            FormField("area", Text("Area", "地区"), "choice", required=True, choices=areas(self.account)),
            FormField("rows", Text("Rows", "表中各行"), "choice", required=True, choices=sources),
            FormField(
                "blank", Text("Blank sheets", "空白表张数"), "integer", minimum=1, maximum=MOST_SHEETS,
                help=Text("{n} rows a sheet. Only where the rows are blank.", "每张 {n} 行，仅用于空白行。", n=ROWS),
            ),
        ]  # fmt: skip
        if self._takes_place:
            required = "place" in self.kind.needs
            fields.append(_listed("place", Text("Place", "场所"), self._places(), required=required))
        fields.append(_listed("member", Text("Who takes it out", "领表人"), self._members(), required=False))
        fields.append(FormField("day", Text("For the day", "使用日期"), "date", required=True))
        return fields

    @property
    def _takes_place(self) -> bool:
        """Whether all rows may happen at one place; not where the rows are the places."""
        named = (*self.kind.needs, *self.kind.needs_one_of, *self.kind.may)
        return "place" in named and rows.about_of(self.kind) not in ("place", "household")

    def _places(self) -> list[tuple[str, str]]:
        found = visible(Place.objects.current(), self.account).order_by("name", "code")[: MOST_LISTED + 1]
        return [(row.code, f"{row.name} {row.code}") for row in found]

    def _members(self) -> list[tuple[str, str]]:
        """The members of the account's area; only oneself for who does not enter sheets."""
        found = visible(Member.objects.current(), self.account).order_by("name", "code")
        if not can(self.account, "sheets.record"):
            found = Member.objects.current().filter(code=self.account.member)
        return [(row.code, f"{row.name} {row.code}") for row in found[: MOST_LISTED + 1]]

    def printed(self) -> list[printing.Sheet]:
        """The sheets; none where some answer must change, which the form then shows."""
        said = self.form.values
        campaign = next((each for each in self.campaigns if said["rows"] == f"left:{each.code}"), None)
        about = "member" if said["rows"] == "workers" else rows.campaign_about(campaign, self.kind)
        self._check(said)
        stops = self._stops(said, campaign, about) if not self.form.errors else []
        if self.form.errors:
            return []
        order = printing.Order(
            UUID(said["run"]), self.kind, said["area"], said["day"], about, stops, said["blank"] or 1,
            campaign.code if campaign else "", said.get("place") or "", said["member"] or "",
        )  # fmt: skip
        return printing.make(order, by=author(self.account))

    def _check(self, said: dict[str, Any]) -> None:
        """Whether all that was chosen lies in the account's scope."""
        try:
            UUID(said["run"])
        except ValueError as error:
            raise PermissionDenied from error
        if not in_scope(self.account, said["area"]):
            self.form.refuse("area", NO_SUCH)
        for name, model in (("place", Place), ("member", Member)):
            code = said.get(name)
            if name == "member" and code and code != self.account.member and not can(self.account, "sheets.record"):
                self.form.refuse(name, ONLY_OWN)
            elif code and code != self.account.member and not visible(model.objects.current(), self.account).filter(code=code).exists():
                self.form.refuse(name, NO_SUCH)

    def _stops(self, said: dict[str, Any], campaign: Campaign | None, about: str) -> list[rows.Stop]:
        if said["rows"] == "blank":
            return []
        parts = rows.still_to_do(campaign, said["area"]) if campaign else rows.everybody(about, said["area"])
        number = rows.how_many(parts)
        if not number:
            self.form.refuse("rows", EVERYBODY_DONE)
        elif number > ROWS * MOST_SHEETS:
            self.form.refuse("area", TOO_MANY.format(n=number, most=MOST_SHEETS))
        return [] if self.form.errors else rows.in_walking_order(about, parts)


def _listed(name: str, label: Text, choices: list[tuple[str, str]], *, required: bool) -> FormField:
    """A choice from a list; of a long one, or of none, the code is typed."""
    if 0 < len(choices) <= MOST_LISTED:
        return FormField(name, label, "choice", required=required, choices=choices)
    return FormField(name, label, required=required, maximum=80, help=Text("Its code.", "填写编号。"))
