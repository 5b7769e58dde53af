"""The sweep on the board: doors left after its end, areas where nobody records, refusals that are final."""

from datetime import datetime, time, timedelta

from django.db.models import Max

from closeknit.areas.models import Area, Level
from closeknit.campaigns.live import child_of
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.models import Count
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.command.rules import longest_first, most_first, stands_still
from closeknit.measures.command.standings import Stand, stand
from closeknit.measures.doorknock.kinds import Visited

SWEEP = "doorknock"
VILLAGE = frozenset({Level.VILLAGE, Level.GRID})


def doors(area: str, state: str) -> str:
    """The doors of a state in an area."""
    return f"{links.to('doorknock.gaps', area=area)}?state={state}"


@watch(
    Rule(
        "doorknock.over", 30, "bad", "doorknock.view",
        Text("Sweep over, doors left: {n}", "敲门行动已到期，尚有 {n} 户未落实"),
        Text("Doors left", "未落实清单"),
        Text("Past its end: each door is a family nobody has spoken to.", "已过期限，每一户都是尚未见到的一家人。"),
    )
)  # fmt: skip
def over(look: Look) -> Watched:
    """Doors left of a sweep that has ended; those who refused finally are a line of their own."""
    sweep = stand(look, SWEEP)
    if sweep is None or look.now < sweep.campaign.ends_at:
        return Watched([])
    cases = [
        Case(each.name, each.code, sweep.campaign.ends_at, each.left - each.final, url=doors(each.code, "left"))
        for each in sweep.units
        if each.left > each.final
    ]
    return Watched(most_first(cases), doors(look.area.code, "left"))


@watch(
    Rule(
        "doorknock.silent", 110, "watch", "doorknock.view",
        Text("Areas without a visit for hours: {n}", "{n} 个辖区数小时无走访登记"),
        Text("See the sweep", "查看进度"),
        Text("Work has stopped, or its records do not arrive.", "走访停滞，或记录未上传。"),
    )
)  # fmt: skip
def silent(look: Look) -> Watched:
    """Areas with doors left in which nobody has recorded a visit for so many hours of the working day."""
    sweep, hours = stand(look, SWEEP), look.hours("command.silent_village_h")
    begins, ends = (time.fromisoformat(look.policy.get(f"command.working_day.{name}")) for name in ("from", "to"))
    runs = sweep is not None and sweep.campaign.starts_at <= look.now < sweep.campaign.ends_at
    if sweep is None or not runs or not stands_still(look.now.astimezone(look.policy.timezone), hours, begins, ends):
        return Watched([])
    below = {each.code: each for each in Area.objects.below(look.area.code)}
    active = set(look.events(Visited, at__gte=look.now - hours).values_list("area", flat=True).distinct())
    busy = {child_of(below.get(code), look.area) for code in active}
    last = _last(sweep, look, below, before=look.now - hours)
    cases = [
        Case(each.name, each.code, last.get(each.code, sweep.campaign.starts_at), url=doors(each.code, "left"), note=_left(each.left))
        for each in sweep.units
        if each.left > each.final and each.code not in busy and (sweep.parts or not active)
    ]
    return Watched(longest_first(cases), links.to("doorknock.coverage", area=look.area.code))


def _last(sweep: Stand, look: Look, below: dict[str, Area], *, before: datetime) -> dict[str, datetime]:
    """The end of the last hour with a visit, by child area, from the tally."""
    counts = Count.objects.filter(
        name="doorknock.visits", area__in=list(below), hour__gte=sweep.campaign.starts_at, hour__lt=before, number__gt=0
    )
    last: dict[str, datetime] = {}
    for code, hour in counts.values_list("area").annotate(last=Max("hour")):
        child = child_of(below.get(code), look.area)
        last[child] = max(last.get(child, hour), hour)
    return {code: min(hour + timedelta(hours=1), before) for code, hour in last.items()}


def _left(number: int) -> Text:
    return Text("{n} door{n:s} left", "未落实 {n} 户", n=number)


@watch(
    Rule(
        "doorknock.final", 350, "info", "doorknock.view",
        Text("Households that refused finally: {n}", "{n} 户多次拒绝"),
        Text("See the sweep", "查看进度"),
        Text("No more knocking: somebody they trust, or the telephone.", "不再敲门，可请熟人或电话沟通。"),
    )
)  # fmt: skip
def final(look: Look) -> Watched:
    """Refusals that are final: a number above the village, a list only in it."""
    sweep = stand(look, SWEEP)
    if sweep is None:
        return Watched([])
    by_name = Area.objects.current().filter(code=look.account.area, level__in=VILLAGE).exists()
    coverage = links.to("doorknock.coverage", area=look.area.code)
    cases = [
        Case(each.name, each.code, sweep.refused_since, each.final, url=doors(each.code, "final") if by_name else "")
        for each in sweep.units
        if each.final
    ]
    return Watched(most_first(cases), doors(look.area.code, "final") if by_name else coverage)
