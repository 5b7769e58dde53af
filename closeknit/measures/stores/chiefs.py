"""Naming a store's three chiefs: each a member, three different ones; the register keeps every version."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records import links
from closeknit.console.records.saving import UNDO_WITHIN, author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.coldchain.kinds import Chief
from closeknit.measures.stores import words
from closeknit.measures.stores.rules import the_same
from closeknit.measures.stores.standing import Store
from closeknit.measures.stores.store import found
from closeknit.registry.actions import Refused
from closeknit.registry.members.chiefs import name_chiefs, resolve
from closeknit.registry.models import Place

WHO = Text("Name or code of a member. Left empty: nobody.", "填写人员姓名或编号；不填即为空缺。")
REASON = FormField("reason", Text("Reason", "原因"), required=True, maximum=200)
TWICE = Text("This person holds another of the three roles. Name somebody else.", "此人已担任另一级库长，请另行指定。")
NOTHING = Text("Nothing was changed. Change a name, or cancel.", "未作任何改动。请修改后保存，或取消。")
TAKEN_BACK = Text("undone", "撤销")
TOO_LATE = Text("Too late to undo. Name the chiefs anew.", "已不能撤销，请重新指定库长。")
UNDONE_SAID = Text("Undone: those who were chiefs before are chiefs again.", "已撤销，恢复原库长。")
DONE = Text("Named. Print the notice anew and put it up.", "已指定，请重新打印公示牌并张贴。")


def chiefs(request: Request, code: str) -> HttpResponse:
    """The form of the three roles."""
    held = found(code)
    now = {role.value: _called(held, role) for role in Chief}
    fields = [FormField(role.value, role.label, maximum=80, help=WHO) for role in Chief]
    form = Form([*fields, REASON], request.POST if request.method == "POST" else None, now)
    changes = _changes(form, held, now) if form.valid() else {}
    back = links.to("stores.store", code=code)
    if form.valid():
        said = name_chiefs(code, changes, by=author(request.account), reason=form.values["reason"])
        tell(request, DONE, undo=reverse("stores.undo", args=[said, code]))
        return redirect(back)
    context = {"form": form, "cancel": back, "notices": [Notice(words.fault(each), "bad") for each in held.faults]}
    heading = Text("Chiefs of {store}", "{store} 库长", store=held.place.name)
    crumbs = [(held.place.name, back)]
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
def undo(request: Request, event: UUID, code: str) -> HttpResponse:
    """Gives the roles back to who held them before; one's own naming of a moment ago alone, while nobody has named others since."""
    here = Event.objects.filter(kind="registry.amended", place=code).order_by("-arrival")
    last = next((each for each in here if each.data.get("chiefs")), None)
    if not Event.objects.filter(id=event, place=code, kind="registry.amended", member=author(request.account)).exists():
        raise Http404
    if last is None or last.id != event or clock.now() - last.received_at > UNDO_WITHIN:
        tell(request, TOO_LATE, tone="watch")
        return redirect(links.to("stores.store", code=code))
    before = Place.objects.filter(code=code, retired_at__isnull=False).order_by("-retired_at", "-learned_at").first()
    held = dict(before.chiefs) if before else {}
    given = [said.partition(":")[0] for said in last.data["chiefs"]]
    name_chiefs(code, {role: held.get(role, "") for role in given}, by=author(request.account), reason=str(TAKEN_BACK))
    tell(request, UNDONE_SAID, tone="info")
    return redirect(links.to("stores.store", code=code))


def _code(held: Store, role: str) -> str:
    return next((member for each, member in held.place.chiefs if each == role), "")


def _called(held: Store, role: Chief) -> str:
    """Who holds a role as the form shows them: by name, by code where the name is not that of a member."""
    return held.members.get(_code(held, role.value), _code(held, role.value))


def _changes(form: Form, held: Store, now: dict[str, str]) -> dict[str, str]:
    """The roles that are given to others; says beside the field why somebody cannot be named."""
    changes: dict[str, str] = {}
    for role, before in now.items():
        typed = form.values[role] or ""
        if typed != before:
            try:
                changes[role] = resolve(typed, role, area=held.place.area)
            except Refused as refused:
                form.refuse(refused.field, refused.text)
    twice = the_same({role: changes.get(role, _code(held, role)) for role in now})
    if twice and changes:
        form.refuse(twice, TWICE)
    if not changes and not form.errors:
        form.refuse("", NOTHING)
    return changes
