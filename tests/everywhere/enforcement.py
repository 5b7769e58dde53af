"""An act against a shop of the western village with all that follows from it, for tests."""

from typing import Any

from closeknit.measures.inspections.kinds import act_code
from tests.town import Field

ACT = act_code("r1", "S1", "seal")
PAPER = {
    "act": ACT, "action": "seal", "office": "health", "legal_basis": "《食品安全法》第一百一十条", "officers": ["甲 0001", "乙 0002"],
    "number": "查封〔2022〕1号", "until": "2022-03-28",
}  # fmt: skip


def an_act(field: Field) -> dict[str, Any]:
    """A sealing on paper, a department that was told, a draw, and a case that is out."""
    data = {"run": "r1", "actions": ["seal"], "findings": ["无证经营"], "manner": "unannounced"}
    field.record("inspections.inspected", place="S1", data=data)
    field.record("inspections.written", place="S1", data=PAPER)
    field.record("inspections.objected", place="S1", data={"words": "不服", "act": ACT})
    told = field.record("inspections.department_told", place="S1", data={"department": "health", "matter": "无证经营", "act": ACT})
    drawn = {
        "seed": "ab", "salt": "x", "day": "2022-03-18", "from_day": "2022-03-01", "of": "cd", "among": 1, "share": 1.0, "acts": [ACT],
        "places": ["S1"],
    }  # fmt: skip
    draw = field.record("legality.drawn", data=drawn)
    words = {"title": "某商店被查封", "text": "某商店无证经营被查封。"}
    case = field.record("cases.drafted", place="S1", data={**words, "act": ACT})
    field.later(seconds=1).record("cases.published", data={**words, "case": case.topic})
    return {"act": ACT, "referral": told.id, "acts_draw": draw.id, "typical": case.id}
