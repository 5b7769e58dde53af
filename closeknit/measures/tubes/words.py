"""What people call the states of a tube."""

from django.db.models import Q

from closeknit.console.parts import Badge
from closeknit.kit.text import Text
from closeknit.ledger.fields import Result
from closeknit.measures.testing.kinds import Matter
from closeknit.measures.tubes.models import Tube

RESULTS = {each.value: each.label for each in Result}
TONES = {"negative": "good", "positive": "bad", "inconclusive": "watch", "invalid": "watch"}
MATTERS = {each.value: each.label for each in Matter}
_OPEN = Q(result="")
STATES: dict[str, tuple[Text, str, Q]] = {
    "open": (Text("Open", "采样中"), "info", _OPEN & Q(seals=0, hand_overs=0, receipts=0)),
    "sealed": (Text("Sealed", "已封管"), "info", _OPEN & Q(seals__gt=0, hand_overs=0, receipts=0)),
    "carried": (Text("On its way", "转运中"), "info", _OPEN & Q(hand_overs__gt=0, receipts=0)),
    "received": (Text("At the laboratory", "检测中"), "info", _OPEN & Q(receipts__gt=0)),
    **{value: (label, TONES[value], Q(result=value)) for value, label in RESULTS.items()},
}


def state(tube: Tube) -> str:
    """How far a tube is."""
    if tube.result:
        return tube.result
    return "received" if tube.receipts else "carried" if tube.hand_overs else "sealed" if tube.seals else "open"


def badge(tube: Tube) -> Badge:
    """How far a tube is, as pages show it."""
    word, tone, _ = STATES[state(tube)]
    return Badge(word, tone)
