"""Recording what a resident says: once for each form that was drawn, however often it is sent."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from closeknit.access.limits import spend
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.judge import judge
from closeknit.ledger.models import Event
from closeknit.ledger.record import lock, record_many, writing
from closeknit.ledger.wire import Push, cleaned
from closeknit.measures.residents.visitors import Visitor
from closeknit.paper.cards.issuing import count_use

USES = {"returnees.declared": "declared", "care.help_requested": "help", "supplies.ordered": "ordered", "isolation.objected": "objected"}
USES_BESIDES = {
    "venues.entered": "entered",
    "passes.objected": "objected",
    "zones.objected": "objected",
}  # counted by day, and in no figure of residents
OTHER = Text(
    "This form was sent before with other words, and those are kept. Open it anew to add these.",
    "此表单此前已按其他内容提交并保存。如需补充请重新打开表单。",
)
TOO_OFTEN = Text("Too many forms within an hour. Wait, or call: {phone}.", "一小时内提交过多，请稍后再试或拨打电话 {phone}。")


def number_of(event: UUID) -> str:
    """What somebody keeps as a receipt and reads out on the telephone."""
    return event.hex[-6:].upper()


def id_for(visitor: Visitor, form: str) -> UUID:
    """The id of the record of a form: nobody can choose one that is another's."""
    return uuid5(NAMESPACE_URL, f"{visitor.device}|{visitor.household}|{form}")


def say(visitor: Visitor, kind: str, data: Mapping[str, Any], *, form: str, **references: str) -> UUID:
    """The id of the record, new or the one that the same form made before. Raises `Invalid` with the field and what is allowed."""
    number, now = id_for(visitor, form), clock.now()
    named = {name: code for name, code in {"household": visitor.household, **references}.items() if code}
    event = {"id": str(number), "kind": kind, "area": visitor.area, "at": now.isoformat(), "data": dict(data), **named}
    judge({"seq": 1, **event}, Push(visitor.device, visitor.member, (), pushed_at=None, received_at=now, live=True))
    with writing():
        lock()
        held = Event.objects.filter(id=number).first()
        if held is not None:
            if (held.kind, held.told()) != (kind, cleaned(data)):
                raise Invalid("", "conflict", OTHER)
            return number
        answer = record_many([event], by=visitor.member, device=visitor.device)[0]
        if answer.status != "accepted":
            raise Invalid(answer.field, answer.reason, answer.text or OTHER)
        count_use(visitor.area, "helped" if visitor.account else (USES | USES_BESIDES)[kind])
    return number


def may_send(visitor: Visitor, address: str) -> int:
    """0 where one more form may be sent now, else in how many seconds: counted by card, at a poster by network address."""
    by_card = bool(visitor.household)
    most = int(visitor.policy.get("residents.forms_an_hour" if by_card else "residents.poster_forms_an_hour"))
    whom = visitor.device if by_card else f"{visitor.device}|{address}"
    until = spend("resident-form", whom, limit=most, minutes=60) if visitor.account is None else None
    return max(1, int((until - clock.now()).total_seconds())) if until else 0
