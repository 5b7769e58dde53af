"""Who was named a store's chief, when and by whom: from the files that were read, and from the records of what was named here."""

from collections.abc import Iterable, Mapping

from django.utils.timezone import localtime

from closeknit.console.records import names
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.stores.words import ALSO, ROLES
from closeknit.registry.models import Place

NOBODY = Text("nobody", "空缺")
FILED = Text("{at} · in the file: {who}", "{at} 名册导入：{who}")
NAMED = Text("{at} {by} · named: {who}", "{at} {by} 指定：{who}")
BECAUSE = Text("{line} ({why})", "{line}（{why}）")


def told(place: Place, *, full: bool) -> list[Text]:
    """The history, the latest first; `full` tells the reasons too."""
    versions = list(Place.objects.filter(code=place.code, filed_chiefs=None).order_by("learned_at", "id"))
    filed = [each for before, each in zip([None, *versions], versions, strict=False) if before is None or before.chiefs != each.chiefs]
    events = [event for event in Event.objects.filter(kind="registry.amended", place=place.code) if event.data.get("chiefs")]
    given = {event.id: [said.split(":", 1) for said in event.data["chiefs"]] for event in events}
    codes = {member for pairs in (*(each.chiefs for each in filed), *given.values()) for _, member in pairs}
    called = names.members(codes | {event.member for event in events})
    lines = [(each.learned_at, FILED.format(at=_at(each.learned_at), who=_who(each.chiefs, called))) for each in filed if each.chiefs]
    lines += [(event.at, _named(event, given[event.id], called, full=full)) for event in events]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0], reverse=True)]


def _named(event: Event, pairs: Iterable[list[str]], called: Mapping[str, str], *, full: bool) -> Text:
    line = NAMED.format(at=_at(event.at), by=called.get(event.member, event.member), who=_who(pairs, called))
    return BECAUSE.format(line=line, why=event.told().get("reason", "")) if full else line


def _who(pairs: Iterable[list[str]], called: Mapping[str, str]) -> str:
    return str(ALSO).join(f"{ROLES.get(role, role)} {called.get(member, member) or NOBODY}" for role, member in pairs)


def _at(at: object) -> str:
    return localtime(at).strftime("%Y-%m-%d %H:%M")  # type: ignore[arg-type]
