"""What deployment orders tell the board."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.deployment.orders import orders_of

NOTE = Text("{place}, {n} people", "{place}，{n} 人")


@watch(
    Rule(
        "deployment.unconfirmed", 190, "watch", "workforce.view",
        Text("Deployment orders begun and not confirmed: {n}", "{n} 份调派令已到时间，待接收方确认"),
        Text("Deployment orders", "调派令"),
        Text("Nobody knows whether those who were sent have come.", "派出人员是否到位不明。"),
    )
)  # fmt: skip
def unconfirmed(look: Look) -> Watched:
    """Orders whose shift has begun and of which the receiving place has said nothing, while the shift lasts."""
    late = [each for each in orders_of(look.area.code, look.now, look.policy, look.as_of) if each.state == "late" and each.ends > look.now]
    late.sort(key=lambda each: (each.begins, each.event.topic))
    cases = [Case(each.event.topic, each.event.area, each.begins, note=NOTE.format(place=each.place, n=each.number)) for each in late]
    return Watched(cases, f"{links.to('deployment.orders', area=look.area.code)}?state=late")
