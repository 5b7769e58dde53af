"""Reading what a laboratory types, scans or sends: numbers of tubes, words for results, times. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timezone

from closeknit.ledger.fields import Result
from closeknit.registry.roster.person import day

WORDS: dict[str, Result] = {
    **dict.fromkeys(("阴性", "阴", "未检出", "negative", "neg", "-", "(-)", "阴性(-)"), Result.NEGATIVE),
    **dict.fromkeys(("阳性", "阳", "检出", "positive", "pos", "+", "(+)", "阳性(+)"), Result.POSITIVE),
    **dict.fromkeys(("可疑", "疑似", "待复核", "inconclusive"), Result.INCONCLUSIVE),
    **dict.fromkeys(("无效", "样本不合格", "invalid"), Result.INVALID),
}
MOST_IN_ONE = 500  # tubes that one receipt may list
_BETWEEN = re.compile(r"[\s,;，；、]+")
_TIME = re.compile(r"(.+?)[\sT]+(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2})秒?)?分?(?:\.\d+)?")


def codes(text: str | Iterable[str]) -> list[str]:
    """The numbers of tubes that were scanned or pasted, each once, in their order."""
    joined = text if isinstance(text, str) else "\n".join(text)
    return list(dict.fromkeys(part for part in _BETWEEN.split(unicodedata.normalize("NFKC", joined)) if part))


def result_of(text: str) -> Result | None:
    """What a word for a result means; None for one that is not known."""
    return WORDS.get(unicodedata.normalize("NFKC", text).strip().lower())


def moment_of(text: str, zone: timezone) -> datetime | None:
    """A time as tables write it, local where it names no offset; a bare day is its beginning. None for what is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        said = datetime.fromisoformat(plain)
        return said if said.tzinfo else said.replace(tzinfo=zone)
    except ValueError:
        pass
    found = _TIME.fullmatch(plain)
    on = day(found[1] if found else plain)
    if on is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()[1:]) if found else (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=zone)
