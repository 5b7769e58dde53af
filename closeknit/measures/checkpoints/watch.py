"""What the posts tell the board: which are silent, and how much came."""

from datetime import timedelta

from django.db.models import Max, Sum

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.models import Count
from closeknit.ledger.tallies import hour_of
from closeknit.measures.checkpoints.kinds import PersonChecked, VehicleChecked
from closeknit.measures.checkpoints.rules import is_silent
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figure

NUMBERS = {
    "checkpoints.vehicles": Text("Vehicles", "车辆"),
    "checkpoints.vessels": Text("Vessels", "船只"),
    "checkpoints.persons": Text("Persons", "人员"),
    "checkpoints.turned_away": Text("Turned away", "劝返"),
    "checkpoints.referred": Text("Referred", "转交"),
}
CHECKED = ("checkpoints.vehicles", "checkpoints.vessels", "checkpoints.persons")


@watch(
    Rule(
        "checkpoints.silent", 10, "bad", "checkpoints.view",
        Text("Checkpoints silent: {n}", "{n} 个卡点长时间无登记"),
        Text("See the posts", "查看卡点"),
        Text("Nobody knows what passes; it cannot be made up later.", "过往情况不明，事后无法补查。"),
    )
)  # fmt: skip
def silent(look: Look) -> Watched:
    """Posts that have recorded nothing for longer than the pack allows."""
    after = look.hours("checkpoints.silent_after_h")
    posts = {row.code: row for row in _posts(look)}
    active = set(look.events(VehicleChecked, PersonChecked, at__gte=look.now - after, place__in=posts).values_list("place", flat=True))
    quiet = [code for code in posts if code not in active]
    before = Count.objects.filter(name__in=CHECKED, place__in=quiet, hour__lt=look.now - after, number__gt=0)
    last = {code: min(hour + timedelta(hours=1), look.now - after) for code, hour in before.values_list("place").annotate(last=Max("hour"))}
    cases = [
        Case(posts[code].name, posts[code].area, last[code], url=links.to("checkpoints.post", code=code))
        for code in sorted(quiet, key=lambda code: last.get(code, look.now))
        if code in last and is_silent(last[code], look.now, after)
    ]
    return Watched(cases, links.to("checkpoints.posts", area=look.area.code))


def _posts(look: Look) -> list[Place]:
    inside = Area.objects.below(look.area.code).values("code")
    return list(Place.objects.current().filter(category="checkpoint", area__in=inside).order_by("code"))


@glance(30, "checkpoints.view")
def passages(look: Look) -> Glance | None:
    """What the posts checked today, beside the last 24 hours."""
    today = numbers(look, hours=None)
    day = numbers(look, hours=24)
    url = links.to("checkpoints.posts", area=look.area.code)
    if not any(day.values()) and not _posts(look):
        return None
    note = Text("24 h: {n}", "24小时 {n}")
    tiles = [
        Tile(
            today[name],
            word,
            look.evidence(name, look.midnight) or url,
            note=note.format(n=day[name]),
            tone="watch" if name == "checkpoints.turned_away" and today[name] else "quiet",
        )
        for name, word in NUMBERS.items()
    ]
    return Glance(Text("Checkpoints today", "今日卡点查验"), tiles, url=url)


def numbers(look: Look, *, hours: int | None) -> dict[str, int]:
    """The figures of today, or of the last hours: from the tally by whole hours, as at an earlier time from the events themselves."""
    start = look.now - timedelta(hours=hours) if hours else look.midnight
    if look.as_of is not None:
        question = Question(look.area.code, start, look.now, look.as_of)
        return {name: _value(name, question) for name in NUMBERS}
    inside = Area.objects.below(look.area.code).values("code")
    counts = Count.objects.filter(name__in=list(NUMBERS), area__in=inside, hour__gte=hour_of(start), hour__lte=hour_of(look.now))
    found = dict(counts.values_list("name").annotate(sum=Sum("number")))
    return {name: found.get(name, 0) for name in NUMBERS}


def _value(name: str, question: Question) -> int:
    found = figure(name, question)
    value = found.rows(question).value() if found else 0
    return value if isinstance(value, int) else len(value)
