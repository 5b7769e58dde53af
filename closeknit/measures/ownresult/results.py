"""What a laboratory found, in words for the one whom it concerns: their own tubes of the last days, never who else was in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.testing.kinds import Resulted, Sampled
from closeknit.registry.reading.names import other_names

MOST = 5
WAITING = Text("The result is not here yet.", "结果尚未出来。")
SINGLE = {
    "negative": Text("Negative.", "阴性。"),
    "positive": Text(
        "Positive. Stay at home and keep apart; somebody calls you. If you feel very ill, call at once.",
        "阳性。请留在家中并与家人分开，工作人员会与您联系。如身体严重不适请立即拨打电话。",
    ),
    "inconclusive": Text(
        "Not certain. You will be asked for another sample; stay at home until then.", "结果可疑，需再次采样，在此之前请留在家中。"
    ),
    "invalid": Text("The sample could not be read. You will be asked for another one.", "样本无效，需重新采样。"),
}
POOLED = {
    "negative": Text("Your sample was tested together with others: negative.", "您的样本与他人混采检测：阴性。"),
    "positive": Text(
        "Your sample was tested together with others, and the laboratory has to look again: each of you is sampled once more. This does "
        "not say that you are ill. Stay at home until you are called.",
        "您的样本与他人混采检测，需逐人重新采样复核。这并不表示您已感染。请留在家中等待通知。",
    ),
    "inconclusive": Text(
        "Your sample was tested together with others, and the laboratory is not certain. You will be asked for another sample.",
        "您的样本与他人混采检测，结果可疑，需重新采样。",
    ),
    "invalid": Text(
        "Your sample was tested together with others and could not be read. You will be asked for another one.",
        "您的样本与他人混采检测，样本无效，需重新采样。",
    ),
}


@dataclass(frozen=True)
class Result:
    """One of one's own samples. found: None while nothing came from the laboratory."""

    sampled_at: datetime
    words: Text
    found_at: datetime | None
    tone: str


def results(person: str, *, now: datetime, days: int) -> list[Result]:
    """The person's samples of the last days with what became of each, the latest first; two statements."""
    own = standing(Sampled).filter(person__in=other_names("person", person), at__gte=now - timedelta(days=days), at__lte=now)
    samples = sorted(own, key=lambda event: event.order, reverse=True)[:MOST]
    found: dict[str, Event] = {}
    for event in sorted(standing(Resulted).filter(topic__in={each.topic for each in samples}), key=lambda event: event.order):
        found[event.topic] = event
    return [_result(each, found.get(each.topic)) for each in samples]


def _result(sample: Event, found: Event | None) -> Result:
    if found is None:
        return Result(sample.at, WAITING, None, "wait")
    word = str(found.data["result"])
    words = SINGLE if int(sample.data["pool"]) == 1 else POOLED
    return Result(sample.at, words[word], found.at, "good" if word == "negative" else "look")
