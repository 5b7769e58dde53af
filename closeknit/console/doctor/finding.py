"""What a check says: what was looked at, what was seen, and what to do next."""

from dataclasses import dataclass
from enum import StrEnum

from closeknit.kit.text import Text


class State(StrEnum):
    """How a check came out."""

    FINE = "fine"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """One check; `cure` is there where something is to be done."""

    slug: str
    check: Text
    state: State
    seen: Text
    cure: Text | None = None

    def as_dict(self) -> dict[str, str | None]:
        """For JSON, in the reader's language."""
        cure = None if self.cure is None else str(self.cure)
        return {"slug": self.slug, "check": str(self.check), "state": self.state.value, "seen": str(self.seen), "cure": cure}


def judged(slug: str, check: Text, *, well: bool, seen: Text, cure: Text, otherwise: State = State.FAILED) -> Finding:
    """A finding that shows its cure only where all is not well."""
    return Finding(slug, check, State.FINE if well else otherwise, seen, None if well else cure)
