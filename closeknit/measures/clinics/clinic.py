"""One medical institution: its checks, its last days, and the fever visits that nobody has passed up."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, guard
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.clinics import words
from closeknit.measures.clinics.kinds import ClinicChecked
from closeknit.measures.clinics.rules import last_owed
from closeknit.measures.clinics.standing import categories, not_passed_up, of_places, reported
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.registry.reading.places import category

DAYS, MOST = 14, 30
NOT_MEDICAL = Text(
    "This place is no medical institution. Choose a hospital, health centre or clinic; a place's category stands in places.csv.",
    "该场所不是医疗机构。请选择医院、卫生院或诊所；场所类别以 places.csv 为准。",
)
TO_COME = Text("This day has not come yet.", "该日期尚未到来。")
NO_REPORT = Text("No report of that day yet. Report the day first.", "该日尚无日报，请先登记日报。")
MORE = Text("Only {n} of that day are not reported up yet.", "该日仅有 {n} 人次未上报。")


def sound(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the place is no institution, the day has not come, or more is passed up than is left of the day."""
    code, pack, now = entry.references.get("place", ""), policy(entry.area), clock.now()
    place = Place.objects.current().filter(code=code).first()
    if place is not None and place.category not in categories(pack):
        raise Invalid("place", "other", NOT_MEDICAL)
    day = str(entry.data.get("day", ""))
    if day > now.astimezone(pack.timezone).date().isoformat():
        raise Invalid("data.day", "future_time", TO_COME)
    if entry.kind == "clinics.passed_up" and entry.corrects is None:
        known = reported([code], [day], now).get((code, day))
        if known is None:
            raise Invalid("data.day", "unknown", NO_REPORT)
        if int(entry.data.get("number") or 0) > known.left:
            raise Invalid("data.number", "contradicts", MORE.format(n=known.left))


for kind in ("clinics.checked", "clinics.day_reported", "clinics.passed_up"):
    guard(kind, sound)


def clinic(request: Request, code: str) -> HttpResponse:
    """The page of one institution."""
    place = Place.objects.current().filter(code=code).first()
    if place is None or place.category not in categories(policy(place.area)):
        raise Http404
    pack, now = policy(place.area), clock.now()
    area, (held,) = Area.objects.current().get(code=place.area), of_places([place], pack, now)
    last = last_owed(now, str(pack.get("clinics.report_by")), pack.timezone)
    today = now.astimezone(pack.timezone).date()
    shown = [(today - timedelta(days=number)).isoformat() for number in range(DAYS)]
    late = {day for place_code, day in not_passed_up(place.area, now) if place_code == code}
    days = sorted({*shown, *late}, reverse=True)
    known = reported([code], days, now)
    may = can(request.account, "clinics.record")

    def way(kind: str, **said: object) -> str:
        query = urlencode({"place": code, "area": place.area, "next": request.path, **said})
        return f"{links.to('records.record', kind=kind)}?{query}" if may else ""

    rows = [
        (day, one, day <= last.isoformat(), way("clinics.day_reported", day=day),
         way("clinics.passed_up", day=day, number=one.left) if one and one.left else "")
        for day in days
        for one in (known.get((code, day)),)
    ]  # fmt: skip
    facts = Facts(
        [
            (Text("Check", "检查"), words.badge(held)), (Text("What is wrong", "存在问题"), words.in_words(held)),
            (Text("Last checked", "末次检查"), held.check.at if held.check else None),
            (Text("Category", "类别"), category(place.category)), (Text("Area", "地区"), area.name),
        ]
    )  # fmt: skip
    checks = list(standing(ClinicChecked).filter(place=code).defer("personal", "digest").order_by("-at", "-id")[:MOST])
    context = {"facts": facts, "days": rows, "checks": _ways(checks, place)}
    actions = [Action(Text("Record a check", "登记检查"), way("clinics.checked"), "clipboard-check", primary=True)] if may else []
    crumbs = [*links.above(request.account, area, "clinics.list"), (area.name, links.to("clinics.list", area=area.code))]
    return show(request, "clinics/clinic.html", context, heading=place.name, crumbs=crumbs, actions=actions)


def _ways(events: list[Event], place: Place) -> list[tuple[str, str]]:
    said = sentences(events, policy=policy(place.area), dated=True)
    return [(line, links.to("register.event", event=str(event.id))) for line, event in zip(said, events, strict=True)]
