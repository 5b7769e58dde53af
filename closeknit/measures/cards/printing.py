"""Issuing cards for an area or a household, and the sheets of paper on which cards and posters are printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from closeknit.access import trail
from closeknit.access.scope import in_scope
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records import links, names
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.measures.cards import actions
from closeknit.measures.cards.listing import CARDS, ISSUE
from closeknit.paper.cards import codes, issuing
from closeknit.paper.cards.squares import square
from closeknit.paper.models import ResidentCard
from closeknit.registry.members.answering import Callees
from closeknit.registry.models import Alias, Found, Household
from closeknit.registry.reading.names import area_of_household, choices
from closeknit.sync.enrolment.address import is_secure, reaches_phones, server_address

MOST = 2_000
HOUSEHOLD_HELP = Text("Left empty: every household there that has none.", "不填则为辖区内所有未发卡的户。")
TOO_MANY = Text(
    "{n} households are more than {most} cards. Choose a village or a grid.", "共 {n} 户，超过 {most} 张，请按村（社区）或网格发卡。"
)
ON_PAPER = Text("Noted as printed. Bring them to the doors.", "已记为打印，请送到每户。")
NO_SUCH = Text("No household of this code lies in your area.", "辖区内没有此户编号。")
ALL_HAVE = Text(
    "Every household here has a card. To print one again, open it in the list.", "辖区内各户均已发卡。如需重印，请在列表中打开该卡。"
)
NOT_REACHED = Text(
    "{address} is not an https address that residents' phones reach: ask whoever runs the server to set CLOSEKNIT_ADDRESS before "
    "cards are printed.",
    "{address} 不是居民手机可访问的 https 地址：印卡前请联系系统运维人员设置 CLOSEKNIT_ADDRESS。",
)
WORDS = (
    Text("Declare a return · ask for help · order a pack · see your own result", "返乡报备 · 求助 · 订购物资 · 查询本人结果"),
    Text("For your household alone. The card by itself never shows a result.", "仅限本户使用。仅凭此卡不能查询结果。"),
    Text(
        "No phone? Call, or ask any worker to do it for you. Lost? Tell us at once.", "没有手机可拨打电话或请工作人员代办。遗失请立即告知。"
    ),
)
POSTER_WORDS = (
    Text("Scan, or type the address and the code. No account, no password.", "扫一扫，或输入网址和编码。无需账户和密码。"),
    Text("Declare a return · ask for help", "返乡报备 · 求助"),
    Text("In danger call {emergency} first.", "危急情况请先拨打 {emergency}。"),
    Text("No phone? Call the number below, or ask any worker to do it for you.", "没有手机可拨打下方电话，或请工作人员代办。"),
)


@dataclass(frozen=True)
class Printed:
    """A card or a poster as paper shows it."""

    card: ResidentCard
    code: str
    square: SafeString
    area: str
    address: str
    phone: str


def issue(request: Request, area: str) -> HttpResponse:
    """For which area, or which household; then on to paper."""
    fields = (
        FormField("area", Text("Area", "地区"), "choice", required=True, choices=choices(request.account)),
        FormField("household", Text("Household", "户编号"), maximum=80, help=HOUSEHOLD_HELP),
    )
    initial = {"area": area, "household": request.GET.get("household", "")}
    form = Form(fields, request.POST if request.method == "POST" else None, initial)
    if form.valid():
        wanted = _wanted(request, form)
        if form.valid():
            actions.issue(wanted, by=author(request.account))
            household = form.values["household"]
            one = issuing.standing().filter(household=household).first() if household else None
            return redirect(f"{links.to('cards.print', area=form.values['area'])}{f'?card={one.pk}' if one else ''}")
    context = {"form": form, "submit": Text("To the cards", "生成便民卡"), "cancel": links.to("cards.list", area=area)}
    crumbs = [(CARDS, links.to("cards.list", area=area))]
    return show(request, "console/pages/form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _wanted(request: Request, form: Form) -> list[tuple[str, str]]:
    """The households that get a card; refuses in the form what cannot be."""
    household, area = form.values["household"], form.values["area"]
    if household:
        lies_in = area_of_household(household)
        if not lies_in or not in_scope(request.account, lies_in):
            form.refuse("household", NO_SUCH)
        return [(household, lies_in or "")]
    wanted = households_without(area)
    if not wanted:
        form.refuse("area", ALL_HAVE)
    elif len(wanted) > MOST:
        form.refuse("area", TOO_MANY.format(n=len(wanted), most=MOST))
    return wanted


def households_without(area: str) -> list[tuple[str, str]]:
    """The households of an area that have no card, those of no roster too, in walking order."""
    below, having = Area.objects.below(area).values("code"), issuing.standing().values("household")
    rows = Household.objects.current().filter(area__in=below).exclude(code__in=having).order_by("area", "position", "code")
    merged = Alias.objects.filter(reference="household", withdrawn_at=None).values("code")
    found = Found.objects.filter(what="household", area__in=below).exclude(code__in=having).exclude(code__in=merged).order_by("area", "at")
    return [*rows.values_list("code", "area"), *found.values_list("code", "area")]


def sheets(request: Request, area: str) -> HttpResponse:
    """The cards of an area that are not printed yet, or one of them: ten a page. They stay until somebody says that they are on paper."""
    rows = issuing.standing().filter(area__in=Area.objects.below(area).values("code"))
    rows = rows.filter(pk=wanted) if (wanted := _number(request.GET.get("card", ""))) else rows.filter(printed_at=None)
    cards = in_walking_order(rows)
    if request.method == "POST":
        seen = set(request.POST.get("numbers", "").split())
        issuing.note_printed([card for card in cards if card.number in seen], by=author(request.account))
        tell(request, ON_PAPER)
        return redirect("cards.list", area=area)
    trail.read(
        request.account, request.screen.name, [card.household for card in cards], what="household", purpose="print", path=request.path
    )
    server = server_address(f"{request.scheme}://{request.get_host()}")
    context = {
        "cards": printed(cards, server),
        "words": in_both(WORDS),
        "server": server,
        "notices": warnings(server),
    }
    return show(
        request,
        "cards/sheets.html",
        context,
        crumbs=[(CARDS, links.to("cards.list", area=area)), (ISSUE, links.to("cards.issue", area=area))],
    )


def in_walking_order(rows: QuerySet[ResidentCard]) -> list[ResidentCard]:
    """As somebody walks who brings them to the doors."""
    cards = list(rows.order_by("area", "household")[:MOST])
    places = dict(Household.objects.current().filter(code__in=[card.household for card in cards]).values_list("code", "position"))
    return sorted(cards, key=lambda card: (card.area, places.get(card.household, 2**31), card.household))


def _number(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def printed(cards: Iterable[ResidentCard], server: str) -> list[Printed]:
    """With codes, squares, addresses and telephones; a number of statements that does not grow with them."""
    listed = list(cards)
    homes = names.households({card.household for card in listed if card.household}, full=True)
    areas = Area.objects.names({card.area for card in listed})
    callees = Callees((card.area, "") for card in listed)
    return [_printed(card, server, areas, homes, callees) for card in listed]


def _printed(card: ResidentCard, server: str, areas: dict[str, str], homes: dict[str, names.Called], callees: Callees) -> Printed:
    code, whom = codes.code_of(card), callees.of(card.area)
    address = homes[card.household].address if card.household in homes else ""
    return Printed(card, codes.in_groups(code), square(server, code), areas.get(card.area, ""), address, whom.dials if whom else "")


def in_both(words: Iterable[Text]) -> list[tuple[str, str]]:
    """The words in Chinese and in English: paper has no switch."""
    return [(each.of("zh-hans"), each.of("en")) for each in words]


def warnings(server: str) -> list[Notice]:
    """What must be put right before something is printed that hangs for months."""
    good = reaches_phones(server) and is_secure(server)
    return [] if good else [Notice(NOT_REACHED.format(address=server), "watch")]


def context_of_poster(card: ResidentCard, server: str, emergency: str) -> dict[str, Any]:
    """What a poster's page shows."""
    words = in_both(each.format(emergency=emergency) if "{emergency}" in each.en else each for each in POSTER_WORDS)
    return {"poster": printed([card], server)[0], "words": words, "server": server, "notices": warnings(server)}
