"""Whom a campaign can reach: what a planner may choose, in words, and as the rule that the campaign keeps."""

from collections.abc import Mapping
from typing import Any

from closeknit.campaigns.planning import BadPlan
from closeknit.campaigns.types import CampaignType, types
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.policy.packs import Policy
from closeknit.reports.figures import is_asked

HOUSEHOLDS, PERSONS, PLACES, WITH = "households", "persons", "places", "households_with"
CATEGORIES: dict[str, Text] = {
    "shop": Text("Shops", "商店"),
    "supermarket": Text("Supermarkets", "超市"),
    "market": Text("Markets", "农贸市场"),
    "restaurant": Text("Restaurants", "餐馆"),
    "bank": Text("Banks", "银行网点"),
    "station": Text("Stations", "车站"),
    "school": Text("Schools", "学校"),
    "training": Text("Training rooms", "培训机构"),
    "entertainment": Text("Entertainment", "文娱场所"),
    "pharmacy": Text("Pharmacies", "药店"),
    "hotel": Text("Hotels", "宾馆"),
    "hospital": Text("Hospitals", "医院"),
    "private_hospital": Text("Private hospitals", "民营医院"),
    "health_centre": Text("Town health centres", "卫生院"),
    "clinic": Text("Clinics", "诊所"),
    "village_clinic": Text("Village clinics", "村卫生室"),
    "cold_store": Text("Cold stores", "冷库"),
}
ALL_HOUSEHOLDS = Text("All households", "全部住户")
ALL_PERSONS = Text("All persons", "全部人员")
LISTED = Text("Persons listed by name ({n})", "指定人员（{n} 人）")
OF_CATEGORY = Text("Places by category", "按类别选场所")
WITH_CHILDREN = Text("Households with children of {min} to {max} months", "有 {min} 至 {max} 月龄儿童的住户")
OTHER_TARGETS = Text("This kind of campaign reaches {subject}. Choose that.", "此类行动的对象为{subject}，请相应选择。")
NO_CATEGORY = Text("Choose at least one category of places.", "请至少选择一类场所。")
SUBJECTS = {"household": Text("households", "住户"), "person": Text("persons", "人员"), "place": Text("places", "场所")}


def offered_types(policy: Policy) -> dict[str, CampaignType]:
    """The types of campaign whose records the pack in force knows."""
    return {name: each for name, each in types().items() if all(is_asked(kinds()[read], policy) for read in each.kind_names)}


def _with(policy: Policy) -> Mapping[str, Any] | None:
    """The rule of the pack for households with somebody of an age."""
    rule = policy.get("sweep.targets")
    return rule if isinstance(rule, Mapping) and WITH in rule else None


def choices(policy: Policy) -> list[tuple[str, Text]]:
    """Whom a campaign can reach under a pack; what the pack itself asks for stands first."""
    rule, subjects = _with(policy), {each.subject for each in offered_types(policy).values()}
    offered = [(WITH, in_words(rule))] if rule else []
    offered += [(HOUSEHOLDS, ALL_HOUSEHOLDS)] if "household" in subjects else []
    offered += [(PERSONS, ALL_PERSONS)] if "person" in subjects else []
    return [*offered, *([(PLACES, OF_CATEGORY)] if "place" in subjects else [])]


def in_words(rule: Any) -> Text:
    """A campaign's rule in words."""
    if rule == HOUSEHOLDS:
        return ALL_HOUSEHOLDS
    if rule == PERSONS:
        return ALL_PERSONS
    if WITH in rule:
        return WITH_CHILDREN.format(**rule[WITH]["age_months"])
    if "persons" in rule:
        return LISTED.format(n=rule["persons"])
    labels = [CATEGORIES.get(each, Text(each, each)) for each in rule.get("category", ())]
    return Text("{words}", "{words}", words=_Joined(labels))


class _Joined:
    """Texts in a row, in the reader's language."""

    def __init__(self, texts: list[Text]) -> None:
        self.texts = texts

    def __str__(self) -> str:
        return str(Text(", ", "、")).join(str(each) for each in self.texts)

    def __format__(self, spec: str) -> str:
        return str(self)


def rule(kind: str, chosen: str, categories: list[str], policy: Policy) -> Any:
    """The rule that a choice stands for. Raises `BadPlan` where the kind of campaign reaches others."""
    subject = types()[kind].subject
    subject_of = {HOUSEHOLDS: "household", WITH: "household", PERSONS: "person", PLACES: "place"}
    if subject_of.get(chosen) != subject:
        raise BadPlan("targets", OTHER_TARGETS.format(subject=SUBJECTS[subject]))
    if chosen == WITH:
        return _with(policy)
    if chosen == PLACES:
        if not categories:
            raise BadPlan("categories", NO_CATEGORY)
        return {"category": categories}
    return chosen


def choice_of(targets: Any) -> tuple[str, list[str]]:
    """The choice and the categories that a campaign's rule came from."""
    if isinstance(targets, str):
        return targets, []
    return (WITH, []) if WITH in targets else (PLACES, list(targets.get("category", ())))
