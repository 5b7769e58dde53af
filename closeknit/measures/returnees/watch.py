"""What the returnees' list tells the board."""

from datetime import timedelta

from django.db.models import Count, Min

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.measures.returnees.kinds import Declared, VerifiedSaid
from closeknit.measures.returnees.returns import with_word


def _open(look: Look):  # type: ignore[no-untyped-def]
    since = look.now - timedelta(days=int(look.policy.get("returnees.lookback_days")))
    return with_word(look.events(Declared, at__gte=since), look.as_of, look.now).filter(is_verified=False)


def _listed(area: str, state: str) -> str:
    return f"{links.to('returnees.list', area=area)}?state={state}"


@watch(
    Rule(
        "returnees.unverified", 140, "watch", "returnees.view",
        Text("Returnees not verified in time: {n}", "{n} 名返乡人员超时未核查"),
        Text("Verify", "去核查"),
        Text("Somebody has come and nobody has looked after them yet.", "人已返乡，尚未上门关心核实。"),
    )
)  # fmt: skip
def unverified(look: Look) -> Watched:
    """Declared within the look-back, not verified within the hours of the pack, by village."""
    late = _open(look).filter(at__lt=look.now - look.hours("returnees.verify_within_h"))
    rows = list(late.values("area").annotate(number=Count("pk"), since=Min("at")).order_by("-number", "area"))
    names = Area.objects.names([row["area"] for row in rows])
    cases = [
        Case(names.get(row["area"], row["area"]), row["area"], row["since"], row["number"], url=_listed(row["area"], "late"))
        for row in rows
    ]
    return Watched(cases, _listed(look.area.code, "late"))


@glance(45, "returnees.view")
def returns(look: Look) -> Glance | None:
    """Returns of today, and who is still to be verified."""
    area, start = look.area.code, look.midnight
    declared = look.events(Declared, at__gte=start).count()
    verified = look.events(VerifiedSaid, at__gte=start).count()
    waiting = _open(look).count()
    if not (declared or verified or waiting):
        return None
    tiles = [
        Tile(waiting, Text("To verify", "待核查"), _listed(area, "open"), tone="watch" if waiting else "good"),
        Tile(declared, Text("Declared today", "今日报备"), look.evidence("returnees.declared", start) or _listed(area, "today")),
        Tile(verified, Text("Verified today", "今日核查"), look.evidence("returnees.verified", start) or _listed(area, "verified")),
    ]
    return Glance(Text("Returnees", "返乡人员"), tiles, url=links.to("returnees.list", area=area))
