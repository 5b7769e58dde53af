"""What the library tells the board: texts that wait for approval, and what was used without it."""

from datetime import timedelta

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.library.kinds import LibraryText, is_covered, is_use, texts
from closeknit.measures.library.using import USES


def _known(look: Look) -> dict[str, LibraryText]:
    return look.once("library", lambda: texts(until=look.now, as_of=look.as_of))  # type: ignore[no-any-return]


@watch(
    Rule(
        "outreach.texts_waiting", 420, "watch", "outreach.manage",
        Text("Texts that wait for approval: {n}", "{n} 篇文稿待审定"),
        Text("Read and decide", "去审定"),
        Text("Nobody may use them before.", "审定前不得使用。"),
    )
)  # fmt: skip
def waiting(look: Look) -> Watched:
    """Newest versions without a decision for longer than the pack says."""
    before = look.now - look.hours("outreach.approve_within_h")
    below = set(Area.objects.below(look.area.code, look.as_of).values_list("code", flat=True))
    late = [
        each for each in _known(look).values() if each.area in below and each.latest.state == "waiting" and each.latest.written.at <= before
    ]
    late.sort(key=lambda each: (each.latest.written.at, each.code))
    cases = [
        Case(each.latest.written.data["title"][:60], each.area, each.latest.written.at, url=links.to("library.text", code=each.code))
        for each in late
    ]
    return Watched(cases, f"{links.to('library.texts', area=look.area.code)}?state=waiting")


@watch(
    Rule(
        "outreach.uncovered", 425, "watch", "outreach.view",
        Text("Told to the public without an approved text: {n}", "{n} 次宣传未用审定文稿"),
        Text("See the records", "查看登记"),
        Text("What is told must have been approved.", "对外宣传须使用审定文稿。"),
    )
)  # fmt: skip
def uncovered(look: Look) -> Watched:
    """Uses of the last days without an approved version behind them."""
    since = look.now - timedelta(days=float(look.policy.get("outreach.watched_days")))
    said = look.events(*(kinds()[name].said for name in USES), at__gte=since).defer("personal", "digest").order_by("at", "id")
    uses = [each for each in said if is_use(each.data)]
    paths = dict(Area.objects.current().filter(code__in={each.area for each in uses}).values_list("code", "path"))
    names = Area.objects.names(paths)
    bad = [each for each in uses if not is_covered(_known(look), each.data, paths.get(each.area, ""), each.at)]
    cases = [
        Case(names.get(each.area, each.area), each.area, each.at, member=each.member, note=each.data["text_id"][:40],
             url=links.to("register.event", event=str(each.id)))
        for each in bad
    ]  # fmt: skip
    return Watched(cases, links.to("outreach.records", area=look.area.code))
