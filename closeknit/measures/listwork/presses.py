"""One press in the list: what came of a call or a visit; a village reminded of what is open."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from closeknit.access.scope import in_scope
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.lists.kinds import Found, Item, VerifiedWay

RECORDED = Text("{outcome}, recorded.", "已登记：{outcome}")


@require_POST
def verify(request: Request, area: str) -> HttpResponse:
    """Records the outcome of one item and goes back to the list, with an undo; the same form twice records once."""
    try:
        event_id, outcome = UUID(request.POST.get("event", "")), Found(request.POST.get("outcome", ""))
        way = VerifiedWay(request.POST.get("way", ""))
    except ValueError as error:
        raise BadRequest from error
    held = Item.objects.filter(topic=request.POST.get("item", "")).first()
    if held is None or not in_scope(request.account, held.area):
        raise Http404
    back = links.ours(request.POST.get("next", ""), links.to("lists.items", area=area))
    data = {"item": held.topic, "outcome": str(outcome.value), "way": str(way.value)}
    entry = Entry(event_id, "lists.verified", held.area, data, {"person": held.person, "household": held.household})
    try:
        save(request.account, entry)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, str(event_id), RECORDED.format(outcome=outcome.label), back)
    return redirect(back)
