"""A text as it is written and approved, for tests."""

from typing import Any

from closeknit.ledger.models import Event
from closeknit.measures.library.texts import seal_of
from tests.town import TOWN, Field


def write(field: Field, code: str = "T-001", version: int = 1, *, area: str = TOWN, member: str = "W3", **rest: Any) -> dict[str, Any]:
    """A version is written; what it says."""
    said = {
        "text": code,
        "version": version,
        "form": "text",
        "about": "prevention",
        "title": "防护要点",
        "words": f"勤洗手，第{version}版",
        **rest,
    }
    field.record("outreach.text_written", area=area, member=member, data=said)
    return said


def decide(field: Field, said: dict[str, Any], outcome: str = "approved", *, area: str = TOWN, **rest: Any) -> Event:
    """A decision about it, by the town's clerk."""
    data = {"text": said["text"], "version": said["version"], "outcome": outcome, "seen": seal_of(said), **rest}
    return field.record("outreach.text_decided", area=area, member="W3", data=data)
