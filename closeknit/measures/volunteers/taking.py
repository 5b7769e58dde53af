"""Taking volunteers on: who signed up becomes a member and is wanted at the site, in one transaction."""

from uuid import UUID, uuid5

from django.db import transaction

from closeknit.access.models import Account
from closeknit.console.records.saving import Entry, guard, save
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.volunteers.kinds import Called, SignedUp
from closeknit.measures.volunteers.standing import AS, Call
from closeknit.measures.workforce.kinds import lacking, not_qualified, of_our_own
from closeknit.policy.packs import policy
from closeknit.registry.members.adding import NewMember, add

NO_CALL = Text("There is no call of this number. See the list of calls.", "无此编号的招募。可查招募清单。")
TAKEN = Text(
    "There is a call of this number already. Open a new form: it brings the next number.",
    "此编号已有招募。请重新打开表单，自动取下一编号。",
)
NEEDS_SKILL = Text(
    "This post needs a confirmed skill. Take on workers whose skill is confirmed; volunteers help at other posts.",
    "此岗位须具备资质，请安排已确认资质的人员；志愿者可安排其他岗位。",
)
FULL = Text("All who were wanted are taken on already. Raise the number of the call first.", "已满员。如需增加，请先更正招募人数。")


def take_on(account: Account, call: Call, event: Event) -> str:
    """Takes on who signed up by this record; the same again changes nothing. Returns the member's code.
    Raises `Invalid` where the post needs a skill that they have not, and where the call is full."""
    told, pack = event.told(), policy(call.event.area)
    worker = told.get("worker", "") or f"V-{event.id.hex[-8:].upper()}"
    if call.state == "full":
        raise Invalid("", "full", FULL)
    if told.get("worker"):
        not_qualified(worker, call.event.data["post"], pack, event.at.astimezone(pack.timezone).date())
    elif lacking(call.event.data["post"], (), pack, event.at.date()):
        raise Invalid("", "unqualified", NEEDS_SKILL)
    data = {"sign_up": str(event.id), "call": call.code, "worker": worker}
    with transaction.atomic():
        if not told.get("worker"):
            unit = AS[told.get("category", "volunteer")].zh
            add(NewMember(worker, told["name"], unit, "volunteer", event.area, told.get("phone", "")))
        save(account, Entry(uuid5(event.id, "taken on"), "deployment.taken_on", call.event.area, data, {"place": call.event.place}))
    return worker


def signs_up(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where there is no such call, or the worker is not of the account's area."""
    if not standing(Called).filter(topic=str(entry.data.get("call", ""))).exists():
        raise Invalid("data.call", "unknown", NO_CALL)
    of_our_own(account, [str(entry.data.get("worker", ""))], "worker")


def calls_out(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the number is another call's."""
    others = Event.objects.filter(topic=str(entry.data.get("call", "")), kind="deployment.called").exclude(id=entry.id)
    if entry.corrects is None and others.exists():
        raise Invalid("data.call", "taken", TAKEN)


def signed_up(event: UUID) -> Event | None:
    """The sign-up of that id, while it stands."""
    return standing(SignedUp).filter(id=event).first()


guard("deployment.signed_up", signs_up)
guard("deployment.called", calls_out)
