"""How a report's figures and its units' states are drawn."""

from datetime import datetime

from closeknit.console.parts import Badge
from closeknit.kit.text import Text
from closeknit.reports.duty import MISSING, unreported

TONES = {"on_time": "good", "late": "watch", "late_received": "info", "missing": "bad"}
LABELS = {
    "on_time": Text("On time", "按时"),
    "late": Text("Late", "迟报"),
    "late_received": Text("In time, received later", "按时确认、晚到"),
    "missing": MISSING,
}


def badge(state: str, *, closed: bool) -> Badge:
    """A unit's state; before the cut-off nobody is missing yet."""
    return Badge(label(state, closed=closed), TONES[state] if closed or state != "missing" else "quiet")


def label(state: str, *, closed: bool) -> Text:
    """A state in words."""
    return unreported(closed=closed) if state == "missing" else LABELS[state]


def left(now: datetime, end: datetime) -> Text:
    """The time that is left, in hours and minutes."""
    minutes = max(0, int((end - now).total_seconds() // 60))
    if minutes < 60:
        return Text("{m} min", "{m} 分钟", m=minutes)
    return Text("{h} h {m} min", "{h} 小时 {m} 分钟", h=minutes // 60, m=minutes % 60)
