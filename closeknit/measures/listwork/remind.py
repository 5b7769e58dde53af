"""A village reminded of what it has open."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.lists.kinds import Channel, Item

REMINDED = Text("Reminder of {area} noted.", "已记录对 {area} 的催办。")


@require_POST
def remind(request: Request, area: str) -> HttpResponse:
    """Notes that a village was reminded of what it has open."""
    try:
        channel = Channel(request.POST.get("channel", ""))
    except ValueError as error:
        raise BadRequest from error
    unit = Area.objects.below(area).filter(code=request.POST.get("unit", "")).first()
    if unit is None:
        raise Http404
    number = Item.objects.open().filter(area__in=Area.objects.below(unit.code).values("code")).count()
    data = {"unit": unit.code, "channel": str(channel.value), **({"open": number} if number else {})}
    entry = Entry(uuid7(), "lists.reminded", unit.code, data)
    try:
        save(request.account, entry)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, str(entry.id), REMINDED.format(area=unit.name), links.to("lists.day", area=area))
    return redirect(links.to("lists.day", area=area))
