"""What schools tell the board."""

from datetime import datetime, time, timedelta

from closeknit.campaigns.cadences.kinds import Drawn
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.schools.kinds import School, live, places, running
from closeknit.policy.packs import policy


def _schools(look: Look) -> list[School]:
    def find() -> list[School]:
        has = policy(look.area.code).has("testing")
        return live(places(look.area.code, look.as_of), look.now) if has else []

    return look.once("schools", find)  # type: ignore[no-any-return]


@watch(
    Rule(
        "schools.left", 61, "bad", "schools.view",
        Text("Persons of schools not sampled: {n}", "学校未检人员 {n} 人"),
        Text("See the schools", "查看学校"),
        Text("The school campaign is on its last day or has ended.", "学校专项检测已到最后一天或已结束。"),
    )
)  # fmt: skip
def left(look: Look) -> Watched:
    """Who is left of the school campaign on its last day and for two days after, by school."""
    schools = _schools(look)
    round_ = running(look.area, look.now) if schools else None
    day = timedelta(days=1)
    if round_ is None or not round_.campaign.ends_at - day <= look.now < round_.campaign.ends_at + 2 * day:
        return Watched([])
    since = min(round_.campaign.ends_at, look.now)
    counted = [(each, len(round_.left(each.people))) for each in schools]
    cases = [
        Case(each.place.name, each.place.area, since, number, url=f"{links.to('schools.people', code=each.code)}?state=left")
        for each, number in counted if number
    ]  # fmt: skip
    return Watched(sorted(cases, key=lambda case: -case.number), f"{links.to('schools.schools', area=look.area.code)}?state=left")


@watch(
    Rule(
        "schools.not_drawn", 62, "watch", "schools.view",
        Text("Schools without their draw: {n}", "{n} 所学校未按期抽检"),
        Text("Draw this week", "本周抽检"),
        Text("The pack asks for a draw every so many days.", "政策包规定了抽检间隔。"),
    )
)  # fmt: skip
def not_drawn(look: Look) -> Watched:
    """Schools with a list from which nobody was drawn for longer than the pack allows."""
    schools, pack = _schools(look), policy(look.area.code)
    days = int(pack.get("schools.draw_every_days"))
    today = datetime.combine(look.now.astimezone(pack.timezone).date(), time(), pack.timezone)
    topics = {group.topic: each.code for each in schools for group in each.groups if group.share}
    said = standing(Drawn, as_of=look.as_of).filter(topic__in=list(topics), at__lt=look.now).values_list("topic", "at")
    last: dict[str, datetime] = {}
    for topic, at in said:
        last[topics[topic]] = max(at, last.get(topics[topic], at))
    begun = {each.code: min(group.starts_at for group in each.groups) for each in schools if each.people and each.code in topics.values()}
    late = [each for each in schools if each.code in begun and last.get(each.code, begun[each.code]) < today - timedelta(days=days - 1)]
    cases = [
        Case(each.place.name, each.place.area, last.get(each.code, begun[each.code]), url=links.to("schools.school", code=each.code))
        for each in late
    ]  # fmt: skip
    return Watched(sorted(cases, key=lambda case: case.since or today), links.to("schools.draw", area=look.area.code))
