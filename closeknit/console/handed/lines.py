"""The lines of an order to stay somewhere, whoever gives it. Nobody's name stands in them."""

from datetime import datetime

from closeknit.kit.text import Text

UNTIL = Text(
    "Until: {until}. It ends by itself; nobody may keep you longer without a new order.",
    "截止：{until}。到期自行结束，未有新通知不得延长。",
)
WHY = Text("Why: {rule}, {place}. Order {number}, given {given}.", "依据：{rule}，{place}。文书编号 {number}，{given} 作出。")
CALL = Text("Call: {who}.", "联系：{who}。")
DELIVERED = Text("Delivered: {what}", "保障：{what}")
OBJECT = Text(
    "You may object at any time: say so to whoever brings you this, or call. You are answered within {n} hours, by somebody else.",
    "如有异议可随时提出：当面告知送达人或电话说明。{n} 小时内由其他人员答复。",
)


def why(rule: Text | str, place: Text | str, number: str, given: datetime) -> Text:
    """By which rule and which order; `given` is local."""
    return WHY.format(rule=rule, place=place, number=number or "—", given=given.strftime("%Y-%m-%d %H:%M"))


def order_lines(*, until: str, because: Text, contact: str, delivers: Text | str, within_h: int) -> list[Text]:
    """Until when, why and by which order, whom to call, what is delivered, and how to object."""
    return [
        UNTIL.format(until=until), because, CALL.format(who=contact), DELIVERED.format(what=delivers), OBJECT.format(n=within_h),
    ]  # fmt: skip
