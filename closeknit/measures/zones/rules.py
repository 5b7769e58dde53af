"""Decisions about zones, from values alone: the words of the pack, and what is wrong with an order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from closeknit.kit.text import Text
from closeknit.policy.packs import Policy

CARE = "emergency_care"  # the exception that no order can leave out
DOORS = Text(
    "Doors are not sealed. Whoever needs urgent medical care goes at once, without asking anybody; call {number}.",
    "门不上锁、不贴封条。急需就医者可立即外出，无须任何人批准，请拨打 {number}。",
)


@dataclass(frozen=True)
class Named:
    """A code of the pack with its label in both languages and, of a measure, the most days that one order may last."""

    code: str
    label: Text
    days: int = 0


def named(pack: Policy, dotted: str) -> dict[str, Named]:
    """The codes that the pack lists under a name, in its order; `{days}` stands for the number of days that it gives."""
    found = pack.get(dotted, {})
    return {
        code: Named(code, Text(said["en"], said["zh"]).format(days=said.get("days", 0)), int(said.get("days", 0)))
        for code, said in found.items()
    }


def label(pack: Policy, dotted: str, code: str) -> Text | str:
    """What a code of the pack is called; the code itself where the pack in force does not know it."""
    known = named(pack, dotted).get(code)
    return known.label if known else code


def doors(pack: Policy) -> Text:
    """The sentence that stands on every page and paper of a zone."""
    return DOORS.format(number=pack.get("residents.emergency_number"))


def exceptions(data: Mapping[str, Any], pack: Policy) -> list[Text | str]:
    """What an order leaves open, urgent care first, whether it names that or not."""
    codes = dict.fromkeys([CARE, *data.get("exceptions", ())])
    return [*(label(pack, "zones.exceptions", code) for code in codes), *data.get("other_exceptions", ())]


@dataclass(frozen=True)
class Trouble:
    """What is wrong with an order: the field, and what to do."""

    field: str
    text: Text


def order_troubles(data: Mapping[str, Any], begins: datetime, ends: datetime, pack: Policy) -> list[Trouble]:
    """What the pack does not allow: a measure or a condition that it does not know, an order that lasts too long."""
    wrong = []
    measure, most = named(pack, "zones.measures").get(str(data["measure"])), longest(pack, str(data["measure"]))
    if measure is None:
        wrong.append(
            Trouble(
                "measure",
                Text("This measure is not one of the rules in force. Choose one of the list.", "现行规则无此措施，请从列表中选择。"),
            )
        )
    if ends - begins > timedelta(days=most):
        words = Text(
            "One order lasts at most {n} days. Give an earlier end; to go on afterwards, give a new order.",
            "单次决定最长 {n} 天，请提前截止时间；期满仍需管理的须另作新的决定。",
        )
        wrong.append(Trouble("until_at", words.format(n=most)))
    unknown = [code for code in data["lifts"] if code not in named(pack, "zones.conditions")]
    if unknown:
        words = Text("“{code}” is no condition of the rules in force.", "“{code}”不是现行规则的解除条件。")
        wrong.append(Trouble("lifts", words.format(code=unknown[0])))
    return wrong


def longest(pack: Policy, measure: str) -> int:
    """How many days one order of a measure lasts at most."""
    known = named(pack, "zones.measures").get(measure)
    return known.days if known and known.days else int(pack.get("zones.longest_days"))
