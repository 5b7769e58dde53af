"""What people call marks of the register, results and states of people in a round."""

from closeknit.kit.text import Text
from closeknit.ledger.fields import Result

MARKS = {
    "immobile": Text("cannot move easily", "行动不便"),
    "living_alone": Text("lives alone", "独居"),
    "key": Text("key person", "重点人员"),
}
AT_HOME = Text("at home", "需上门")
ISOLATED = Text("in isolation", "隔离中")
RESULTS = {each.value: each.label for each in Result}
TONES = {"negative": "good", "positive": "bad", "inconclusive": "watch", "invalid": "watch"}
STATES: dict[str, Text] = {
    "left": Text("Left", "应检未检"),
    "home": Text("Left, at home", "未检需上门"),
    "excused": Text("Excused", "豁免"),
    "sampled": Text("Sampled", "已采"),
    "due": Text("All due", "全部应检"),
}
