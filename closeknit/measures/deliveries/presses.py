"""Recording deliveries from the list: all that is left at one door, or in one building, in a press; and taking the press back."""

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.areas.models import Area
from closeknit.console.records import links, names
from closeknit.console.records.saving import UNDO_WITHIN, Entry, author, device, save_many, undo
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.deliveries.lines import Line
from closeknit.measures.deliveries.listing import Asked
from closeknit.measures.supplies.kinds import Payment

ONE = Text("Delivered: door {code}", "已送达：{code} 户")
MANY = Text("Delivered: {n} door{n:s}", "已送达 {n} 户")
NOTHING = Text("Nothing was left to deliver there.", "此处已无待送物资。")
TAKEN_BACK = Text("Taken back: {n} record{n:s}.", "已撤销 {n} 条记录。")


def _id(base: UUID, household: str, person: str, pack: str) -> UUID:
    return uuid5(base, f"{household}|{person}|{pack}")


def _entries(lines: Iterable[Line], base: UUID, paid: str) -> list[Entry]:
    """A record a pack of which anything is left."""
    made = []
    for line in lines:
        for each in line.packs:
            if each.left:
                said = {"pack": each.key.pack, "quantity": each.left, **({"paid": paid} if paid else {})}
                who = {"household": line.household, "person": line.person}
                made.append(Entry(_id(base, *each.key), "supplies.delivered", line.area, said, who))
    return made


@require_POST
def deliver(request: Request, area: str) -> HttpResponse:
    """Records that what is left at a door, or in a building, has come. The same form twice records once."""
    post = request.POST
    try:
        base = UUID(post.get("event", ""))
        paid = {"": "", **{each.value: each.value for each in Payment}}[post.get("paid", "")]
    except (ValueError, KeyError) as error:
        raise BadRequest from error
    back = links.ours(post.get("next", ""), reverse("deliveries.doors", args=[area]))
    asked = Asked(request, Area.objects.current().get(code=area))
    lines, code = asked.lines, post.get("code", "")
    building = post.get("building", "") if asked.has_buildings else ""
    meant = [line for line in lines if (line.code == code if code else building and line.building == building)]
    if code and not meant:
        raise Http404
    entries = _entries(meant, base, paid)
    outcomes = save_many(request.account, entries, by=author(request.account)) if entries else []
    wrong = [outcome for outcome in outcomes if isinstance(outcome, Invalid)]
    for invalid in wrong:
        tell(request, invalid.text, tone="bad")
    doors = {(entry.references["household"], entry.references["person"]) for entry in entries}
    if not entries:
        tell(request, NOTHING, tone="watch")
    elif not wrong:
        said = ONE.format(code=_short(code)) if code else MANY.format(n=len(doors))
        tell(request, said, undo=f"{reverse('deliveries.undo', args=[area, base])}?{urlencode({'next': back})}")
    return redirect(back)


def _short(code: str) -> Text | str:
    """What tells a door from its neighbours: names are kept out of messages, which wait in a cookie."""
    return names.code_words(code) if code.startswith("found:") else code.rpartition("-")[2]


@require_POST
def take_back(request: Request, area: str, base: UUID) -> HttpResponse:
    """Withdraws what one press has recorded a moment ago."""
    mine = Event.objects.filter(
        device=device(request.account),
        kind="supplies.delivered",
        received_at__gte=clock.now() - 2 * UNDO_WITHIN,
        superseded_at__isnull=True,
    )
    number = 0
    for event in mine.defer("personal", "digest"):
        if event.id == _id(base, event.household, event.person, event.data["pack"]):
            try:
                undo(request.account, event.id)
            except Invalid as invalid:
                tell(request, invalid.text, tone="watch")
                break
            number += 1
    if number:
        tell(request, TAKEN_BACK.format(n=number), tone="info")
    return redirect(links.ours(request.GET.get("next", ""), reverse("deliveries.doors", args=[area])))
