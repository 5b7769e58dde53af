"""Saying who of the roster somebody found proves to be, and taking it back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access import trail
from closeknit.access.scope import areas_of, in_scope, visible
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import links
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Reference
from closeknit.ledger.models import Event
from closeknit.measures.found.adding import crumbs
from closeknit.registry.actions import Refused, merge, void
from closeknit.registry.known import canonical
from closeknit.registry.matching import Suggestion, suggestions
from closeknit.registry.models import Alias, Found, Household, Person
from closeknit.registry.reading.names import masked_id, masked_phone, told_of

WHY_NOT = Text("Somebody of this scope is needed: type the code that stands on their page.", "请填写辖区内的名册编号，可在其页面查看。")
MERGED = Text("Merged. The records of both count for the roster's entry.", "已合并，双方记录均计入名册对象。")
TAKEN_BACK = Text("The merge was taken back.", "已取消合并。")
OTHER = FormField(
    "other", Text("Another entry: its code", "其他名册编号"), maximum=80, help=Text("It stands on the entry's page.", "见该人、户页面。")
)
REASON = FormField("reason", Text("How do you know?", "合并依据"), required=True, maximum=200)


def one(request: Request, code: str) -> HttpResponse:
    """Somebody found: what was said, and who of the roster it may be, with one press and a reason to merge."""
    found = Found.objects.filter(code=code).first()
    if found is None:
        raise Http404
    form = Form([REASON, OTHER], request.POST if request.method == "POST" else None)
    code_there = request.POST.get("canonical", "")[:80] or form.values.get("other", "")
    if form.valid() and _in_reach(request, form, found, code_there):
        try:
            event = merge(
                code, code_there, reference=_reference(found), area=found.area, by=author(request.account), reason=form.values["reason"]
            )
        except Refused as refused:
            form.refuse("other" if refused.field == found.what else refused.field, refused.text)
        else:
            tell(request, MERGED, undo=reverse("register.take_back", kwargs={"event": event}))
            return redirect(f"register.{found.what}", code=code_there)
    likely = suggestions(found)
    reach = set(areas_of(request.account).filter(code__in={each.person.area for each in likely}).values_list("code", flat=True))
    offered = [_offer(each, found.what) for each in likely if each.person.area in reach]
    merges = Alias.objects.filter(code=code, withdrawn_at=None, event__isnull=False).exclude(canonical__startswith="found:")
    told = told_of([found])[code]
    trail.read(
        request.account,
        request.screen.name,
        [code, *(each["code"] for each in offered), *(each["person"] for each in offered)],
        path=request.path,
    )
    context = {
        "found": found,
        "told": told,
        "offered": offered,
        "elsewhere": len(likely) - len(offered),
        "form": form,
        "merged": merges.first(),
        "page": links.to(f"register.{found.what}", code=code),
    }
    heading = told.get("name") or told.get("landmark") or code
    above = crumbs(request, found.area, (Text("In no list", "名册外"), reverse("register.found")))
    return show(request, "found/one.html", context, heading=heading, crumbs=above, status=422 if form.errors else 200)


def _reference(found: Found) -> Reference:
    return "person" if found.what == "person" else "household"


def _in_reach(request: Request, form: Form, found: Found, code: str) -> bool:
    end = canonical(found.what, [code]).get(code, code)
    model = Household if found.what == "household" else Person
    row = model.objects.current().filter(code=end).first()
    if row is None or not in_scope(request.account, row.area):
        form.refuse("other", WHY_NOT)
    return not form.errors


def _offer(each: Suggestion, what: str) -> dict[str, object]:
    """A suggestion as the page shows it; the code is the household's where a household was found."""
    told, person = each.person.told(), each.person
    return {
        "code": person.household if what == "household" else person.code, "person": person.code, "name": told.get("name", ""),
        "id_no": masked_id(told.get("id_no", "")), "phone": masked_phone(told.get("phone", "")), "why": each.why, "score": each.score,
        "url": reverse(f"register.{what}", kwargs={"code": person.household if what == "household" else person.code}),
    }  # fmt: skip


@require_POST
def take_back(request: Request, event: UUID) -> HttpResponse:
    """Withdraws a merge: both are due again, each with their own records."""
    held = visible(Event.objects.filter(id=event, kind="registry.merged"), request.account).first()
    if held is None:
        raise Http404
    if held.superseded_at is None:
        void(held, by=author(request.account), reason=request.POST.get("reason", "").strip()[:200] or TAKEN_BACK.zh)
    tell(request, TAKEN_BACK, tone="info")
    return redirect("register.found_one", code=held.household or held.person)
