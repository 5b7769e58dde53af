"""One press at a door: what came of the visit, recorded at once."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from closeknit.access.scope import in_scope
from closeknit.console.records import finding, links, names
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.doorknock.kinds import Outcome

RECORDED = Text("{outcome}: door {code}", "{outcome}：{code} 户")


@require_POST
def visit(request: Request, area: str) -> HttpResponse:
    """Records the outcome of one door and goes back to the list, with an undo; the same form twice records once."""
    try:
        event_id, outcome = UUID(request.POST.get("event", "")), Outcome(request.POST.get("outcome", ""))
    except ValueError as error:
        raise BadRequest from error
    household = request.POST.get("household", "")
    lies_in = finding.area_of(request.account, "household", household)
    if not in_scope(request.account, lies_in):
        raise Http404
    back = links.ours(request.POST.get("next", ""), links.to("doorknock.gaps", area=area))
    entry = Entry(event_id, "doorknock.visited", lies_in, {"outcome": str(outcome.value)}, {"household": household})
    try:
        save(request.account, entry)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, str(event_id), RECORDED.format(code=_short(household), outcome=outcome.label), back)
    return redirect(back)


def _short(code: str) -> Text | str:
    """What tells a door from its neighbours: names are kept out of messages, which wait in a cookie."""
    return names.code_words(code) if code.startswith("found:") else code.rpartition("-")[2]
