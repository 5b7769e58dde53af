"""How moments, texts and bytes go to a phone."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime

from closeknit.kit.text import Text


def moment(at: datetime) -> str:
    """A moment in UTC, to the millisecond where it has parts of a second."""
    fine = "milliseconds" if at.microsecond else "seconds"
    return at.astimezone(UTC).isoformat(timespec=fine).replace("+00:00", "Z")


def both(text: Text) -> dict[str, str]:
    """A text in both languages."""
    return {"en": text.of("en"), "zh": text.of("zh-hans")}


def base64url(raw: bytes) -> str:
    """Bytes as text for addresses, without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
