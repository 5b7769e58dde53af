"""What residents have to know before they answer: the areas that are of a risk class, and into which round an order goes."""

from datetime import date, datetime

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.returnees.kinds import RiskAreaSet, RiskStay, day_of
from closeknit.measures.supplies.kinds import Closings

MOST = 20
UNTIL = Text("What is ordered until {until} is brought with the round of {day}.", "{until} 前订购的物资随 {day} 批次配送。")


def risk_areas(area: str, today: date) -> str:
    """The areas elsewhere that are of high or medium risk today, in words, as whoever answers for this area has said."""
    row = Area.objects.current().filter(code=area).first()
    above = [code for code in row.path.split("/") if code] if row else []
    said = sorted(standing(RiskAreaSet).filter(area__in=above).defer("personal", "digest"), key=lambda event: event.order)
    latest = {event.data["where"]: event.data for event in said}
    holds = {where: line["level"] for where, line in latest.items() if _holds(line, today) and line["level"] != RiskStay.LOW.value}
    names = Area.objects.names(holds)
    return "; ".join(f"{names.get(where, where)} ({RiskStay(level).label})" for where, level in list(holds.items())[:MOST])


def _holds(said: dict[str, str], today: date) -> bool:
    ends = day_of(said["until"]) if said.get("until") else None
    return day_of(said["from"]) <= today and (ends is None or today <= ends)


def round_words(area: str, now: datetime) -> Text:
    """Until when orders are taken for which round."""
    closings = Closings.of(area)
    day = closings.day(area, now)
    closes = closings.closes(area, day).astimezone(closings.pack.timezone)
    return UNTIL.format(until=closes.strftime("%m-%d %H:%M"), day=day.isoformat())
