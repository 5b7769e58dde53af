"""What the notices tell the board: those that did not go out."""

from closeknit.areas.models import Area
from closeknit.channels.models import Channel, Delivery
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.library.kinds import About, in_force_about
from closeknit.measures.notices.history import told
from closeknit.measures.notices.kinds import Purpose


@watch(
    Rule(
        "notices.failed", 340, "watch", "notices.view",
        Text("Notices that did not go out: {n}", "{n} 条通知未发出"),
        Text("See the notices", "查看通知"),
        Text("Somebody was to be told and may not know.", "应通知的单位可能还不知情。"),
    )
)  # fmt: skip
def failed(look: Look) -> Watched:
    """Notices that were given up or may not have arrived, of the last days."""
    since = look.now - look.hours("notices.watched_h")
    rows = Delivery.objects.filter(
        state__in=("failed", "uncertain"), message__at__gt=since, message__at__lte=look.now, channel__closed_at=None,
        message__area__in=Area.objects.below(look.area.code).values("code"),
    ).select_related("message", "channel").defer("channel__sealed").order_by("message__at")  # fmt: skip
    pages = {each.id: links.to("notices.message", message=each.message_id) for each in rows}
    cases = [Case(each.channel.name, each.message.area, each.message.at, url=pages[each.id], note=told(each)) for each in rows]
    return Watched(cases, f"{links.to('notices.list')}?state=failed")


@watch(
    Rule(
        "notices.no_text", 345, "watch", "notices.view",
        Text("Daily message to businesses without an approved text: {n}", "{n} 个渠道的市场主体提醒缺少审定文稿"),
        Text("Write one", "去编写"),
        Text("Nothing goes out until a text is approved.", "文稿审定前不会发出。"),
    )
)  # fmt: skip
def no_text(look: Look) -> Watched:
    """Channels that tell businesses each day, where no approved text for them holds."""
    below = Area.objects.below(look.area.code).values("code")
    here = [each for each in Channel.objects.filter(closed_at=None, area__in=below).defer("sealed") if Purpose.BUSINESS in each.automatic]
    cases = [Case(each.name, each.area, each.at) for each in here if in_force_about(each.area, About.BUSINESS) is None]
    return Watched(cases, links.to("library.texts", area=look.area.code))
