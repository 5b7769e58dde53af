"""The public notice of a store, to print and put up: its three chiefs, what each answers for, and whom to tell."""

from django.http import HttpResponse

from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.coldchain.kinds import Chief
from closeknit.measures.stores.standing import Store
from closeknit.measures.stores.store import duty, found
from closeknit.measures.stores.words import AND
from closeknit.policy.packs import policy
from closeknit.registry.models import Member

NOT_WHOLE = Text(
    "The chiefs are not valid yet: name three different members before this is put up.", "库长尚不合规，请先指定三名不同人员，再张贴公示。"
)


def notice(request: Request, code: str) -> HttpResponse:
    """The notice of one store."""
    held = found(code)
    area, pack = Area.objects.current().get(code=held.place.area), policy(held.place.area)
    codes = [member for _, member in held.place.chiefs]
    units = dict(Member.objects.current().filter(code__in=codes).exclude(unit="").values_list("code", "unit"))
    rows = [(role.label, str(AND).join(held.names(role)), str(AND).join(_units(held, role, units)), duty(pack, role)) for role in Chief]
    context = {
        "notices": [Notice(NOT_WHOLE, "watch")] if held.faults else [], "store": held.place, "area": area, "rows": rows,
        "day": clock.now().astimezone(pack.timezone).date(),
    }  # fmt: skip
    crumbs = [(held.place.name, links.to("stores.store", code=code))]
    heading = Text("Public notice: {store}", "{store} 公示牌", store=held.place.name)
    return show(request, "stores/notice.html", context, heading=heading, crumbs=crumbs)


def _units(held: Store, role: Chief, units: dict[str, str]) -> list[str]:
    return [units[member] for each, member in held.place.chiefs if each == role.value and member in units]
