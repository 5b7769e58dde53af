"""Ordering a control, extending or changing it, lifting it; and what the console refuses."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import in_scope
from closeknit.areas.models import Area
from closeknit.console.records import asking, links
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid, parse_time
from closeknit.measures.controls.control import all_controls
from closeknit.measures.controls.kinds import Sort
from closeknit.measures.controls.listing import control_of
from closeknit.measures.zones.kinds import ends, named
from closeknit.policy.packs import Policy, policy

FIELDS = ("what", "where", "basis", "authority", "from_at", "until_at", "rules", "exceptions", "order_no")
DONE = Text("Ordered. Everybody can read it now.", "已发布，群众可在公开页面查看。")
LIFTED = Text("Lifted.", "已解除。")
LONG = Text("One order lasts at most {n} days; to go on, give a new order.", "单次决定最长 {n} 天，期满仍需管制的须另作决定。")
PAST = Text("This end is over already. Give a later one.", "恢复时间已过，请填写更晚的时间。")
UNKNOWN = Text("This is not one of the rules in force. Choose one of the list.", "现行规则无此事项，请从列表中选择。")
WHY = Text("Say why it is extended or changed.", "请写明延长或变更的理由。")
OVER = Text("It is over already.", "该管制已结束，无须解除。")
OUTSIDE = Text("This control was ordered for a larger area; who ordered it changes it.", "该管制由上级作出，须由原决定单位变更。")
BETWEEN = ":"


def _whats(pack: Policy) -> list[tuple[str, Text]]:
    """Every sort with what it may be about, as one choice."""
    between = Text("{sort}: {what}", "{sort}：{what}")
    return [
        (f"{sort.value}{BETWEEN}{each.code}", between.format(sort=sort.label, what=each.label))
        for sort in Sort
        for each in named(pack, f"controls.{sort.value}").values()
    ]


def _form(request: Request, area: str, number: str | None, initial: dict[str, Any], back: str, **page: Any) -> HttpResponse:
    pack = policy(area)

    def entries(values: dict[str, Any], form: UUID) -> list[Entry]:
        sort, _, what = str(values["what"]).partition(BETWEEN)
        said = asking.said("controls.ordered", {**values, "what": what, "sort": sort}, area)
        return [
            Entry(form, "controls.ordered", str(values.get("area") or area), {**said, "control": number or f"K{form.hex[-10:].upper()}"})
        ]

    fields = asking.fields(
        "controls.ordered", *FIELDS, *(("why",) if number else ()), what={"type": "choice", "choices": _whats(pack)},
        why={"type": "long_text", "required": True},
    )  # fmt: skip
    return asking.respond(request, asking.Asking(fields, entries, DONE, back), initial=initial, **page)


def order(request: Request, area: str) -> HttpResponse:
    """A new control for an area and all below it."""
    row = Area.objects.current().get(code=area)
    now = clock.now().replace(second=0, microsecond=0)
    back = links.to("controls.list", area=area)
    return _form(
        request, area, None, {"from_at": now}, back, crumbs=[*links.above(request.account, row, "controls.list"), (row.name, back)]
    )


def change(request: Request, control: str) -> HttpResponse:
    """A new order for a control: longer, or otherwise."""
    held, now = control_of(request.account, control), clock.now()
    order = held.shown(now)
    initial = {name: order.data[name] for name in FIELDS if name in order.data}
    initial |= {"what": f"{order.data['sort']}{BETWEEN}{order.data['what']}", "from_at": max(now, min(ends(order), now)), "until_at": None}
    back = links.to("controls.control", control=control)
    return _form(request, order.area, control, initial, back, crumbs=[(str(order.data["where"]), back)])


def lift(request: Request, control: str) -> HttpResponse:
    """A control ends before its end."""
    order = control_of(request.account, control).shown(clock.now())
    back = links.to("controls.control", control=control)

    def entries(values: dict[str, Any], form: UUID) -> list[Entry]:
        return [Entry(form, "controls.lifted", order.area, {"control": control, "reason": values["reason"]})]

    fields = asking.fields("controls.lifted", "reason")
    return asking.respond(request, asking.Asking(fields, entries, LIFTED, back), crumbs=[(str(order.data["where"]), back)])


def ordered(account: Account, entry: Entry) -> None:
    """An order by the pack's words, not longer than the pack allows, not over already; an extension with a reason."""
    data, pack = entry.data, policy(entry.area)
    _own(account, entry)
    if data.get("what") not in named(pack, f"controls.{data.get('sort')}"):
        raise Invalid("data.what", "unknown_code", UNKNOWN)
    try:
        begins, until = (parse_time(str(data.get(name)), day_allowed=False) for name in ("from_at", "until_at"))
    except ValueError:
        return  # the ledger says what is allowed
    assert isinstance(begins, datetime) and isinstance(until, datetime)
    longest = int(pack.get("controls.longest_days"))
    if until - begins > timedelta(days=longest):
        raise Invalid("data.until_at", "against_rule", LONG.format(n=longest))
    if until <= clock.now():
        raise Invalid("data.until_at", "past", PAST)
    if str(data.get("control")) in all_controls() and not str(data.get("why", "")).strip():
        raise Invalid("data.why", "missing", WHY)


def lifted(account: Account, entry: Entry) -> None:
    """Only what holds, or will, can be lifted."""
    _own(account, entry)
    held = all_controls().get(str(entry.data.get("control")))
    if held is None or held.state(clock.now()) == "over":
        raise Invalid("data.reason", "over", OVER)


def _own(account: Account, entry: Entry) -> None:
    if not in_scope(account, entry.area):
        raise Invalid("", "outside", OUTSIDE)


guard("controls.ordered", ordered)
guard("controls.lifted", lifted)
