"""What the console refuses of a zone's order: too long, over already, outside one's area, an extension without a reason."""

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, visible
from closeknit.console.records.saving import Entry, guard
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid, parse_time
from closeknit.measures.zones.kinds import all_zones, order_troubles
from closeknit.policy.packs import policy
from closeknit.registry.models import Found, Household

PAST = Text("This end is over already. Give a later one.", "截止时间已过，请填写更晚的时间。")
OUTSIDE = Text("{code} lies outside your area, or is not there. Choose again.", "{code} 不在您的辖区或不存在，请重新选择。")
WHY = Text("Say why it is extended or changed.", "请写明延长或变更的理由。")
NEEDED = ("measure", "from_at", "until_at", "lifts")


def ordered(account: Account, entry: Entry) -> None:
    """An order by the pack's measures and conditions, not longer than the pack allows, for what lies in the account's area."""
    data = entry.data
    if not all(data.get(name) for name in NEEDED):
        return  # the ledger says which is missing
    try:
        begins, ends = (parse_time(str(data[name]), day_allowed=False) for name in ("from_at", "until_at"))
    except ValueError:
        return  # as above
    for trouble in order_troubles(data, begins, ends, policy(entry.area)):  # type: ignore[arg-type]  # no bare days
        raise Invalid(f"data.{trouble.field}", "against_rule", trouble.text)
    if ends <= clock.now():
        raise Invalid("data.until_at", "past", PAST)
    if str(data["zone"]) in all_zones() and not str(data.get("why", "")).strip():
        raise Invalid("data.why", "missing", WHY)
    _within(account, list(data.get("areas", ())), [*data.get("households", ()), *data.get("without", ())])


def _within(account: Account, areas: list[str], households: list[str]) -> None:
    seen = set(areas_of(account).filter(code__in=areas).values_list("code", flat=True))
    for code in areas:
        if code not in seen:
            raise Invalid("data.areas", "outside", OUTSIDE.format(code=code))
    homes = set(visible(Household.objects.current().filter(code__in=households), account).values_list("code", flat=True))
    homes |= set(visible(Found.objects.filter(code__in=households), account).values_list("code", flat=True))
    for code in households:
        if code not in homes:
            raise Invalid("data.households", "outside", OUTSIDE.format(code=code))


guard("zones.ordered", ordered)
