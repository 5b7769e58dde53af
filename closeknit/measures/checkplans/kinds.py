"""What can be said of a plan of inspection: planned, inspected, ended; and the plans of an area, for others."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models import QuerySet
from msgspec import Meta

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, Time, WordList, Words
from closeknit.ledger.kinds import Mentions, Said, kind
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.checkplans.folding import SORTS, Plan, plan_of
from closeknit.policy.packs import policy

Number = Annotated[str, Meta(max_length=60, pattern=r"^[^\s/]+$"), Field(Text("Plan", "督查计划编号"))]
Items = Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=60)]
TWICE = Text("Each item stands in the list once: {item}.", "检查项不能重复：{item}。")


def _once(name: str, items: list[str]) -> None:
    twice = next((item for item in items if items.count(item) > 1), "")
    if twice:
        raise Invalid(f"data.{name}", "twice", TWICE.format(item=twice))


class _OfPlan(Said):
    """A record that is about one plan."""

    plan: Number

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.plan


@kind(
    "checkplans.planned",
    Text("Inspection planned", "督查计划"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=(
        {"plan": "DC-001", "title": "村级防控督查", "checklist": ["值守纪律"], "due_on": "2022-03-20", "villages": ["433122108001"]},
    ),
)
class Planned(_OfPlan):
    """Who is to be inspected until when, with which checklist; the latest word on a plan holds."""

    title: Annotated[Words, Field(Text("Title", "名称"))]
    checklist: Annotated[Items, Field(Text("Checklist", "检查项"))]
    due_on: Annotated[Time, Field(Text("Last day", "完成日期"))]
    villages: Annotated[WordList, Field(Text("Villages", "村（社区）"))] = []
    points: Annotated[WordList, Field(Text("Service points", "服务点"))] = []
    groups: Annotated[WordList, Field(Text("Work groups", "工作专班"))] = []

    def check(self) -> None:
        if len(self.due_on) != 10:
            raise Invalid(
                "data.due_on", "wrong_time", Text("The last day is a day such as 2022-03-20.", "完成日期应为日期，如 2022-03-20。")
            )
        if not self.checklist:
            raise Invalid("data.checklist", "missing", Text("Write at least one item.", "请至少填写一个检查项。"))
        if not any(getattr(self, sort) for sort in SORTS):
            raise Invalid("data.villages", "missing", Text("Choose at least one unit to inspect.", "请至少选择一个被检查单位。"))
        for name in ("checklist", *SORTS):
            _once(name, getattr(self, name))

    def mentions(self) -> Mentions:
        return [("place", code) for code in self.points]


@kind(
    "checkplans.inspected",
    Text("Inspected by plan", "计划督查"),
    retention="open",
    may=("place",),
    by_form=False,
    by_phone=False,
    examples=({"plan": "DC-001", "unit": "433122108001", "met": ["值守纪律"], "not_met": ["接种底数"]},),
)
class Inspected(_OfPlan):
    """A unit of a plan was inspected; the latest word on a unit holds. What was not met follows as problems of their own."""

    unit: Annotated[Words, Field(Text("Unit", "被检查单位"))]
    met: Annotated[Items, Field(Text("Well", "合格项"))] = []
    not_met: Annotated[Items, Field(Text("Not well", "不合格项"))] = []
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""

    def check(self) -> None:
        if not self.met and not self.not_met:
            raise Invalid("data.met", "missing", Text("Say of each item whether it was well.", "请逐项填写检查结果。"))
        _once("not_met", [*self.met, *self.not_met])


@kind(
    "checkplans.ended",
    Text("Plan of inspection ended", "结束督查计划"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"plan": "DC-001", "reason": "并入下一轮"},),
)
class Ended(_OfPlan):
    """The plan goes no further; who was not inspected stays named."""

    reason: Annotated[Words, Field(Text("Reason", "原因"))]


KINDS = (Planned, Inspected, Ended)


def plans_of(area: str, until: datetime, as_of: datetime | None = None) -> list[Plan]:
    """The plans of an area as their records before a moment say; four statements. A plan lies where it was planned last."""
    planned = dict(in_area(standing(Planned, as_of=as_of), area, as_of).filter(at__lt=until).values_list("id", "topic"))
    plans = _folded(area, standing(*KINDS, as_of=as_of).filter(at__lt=until, topic__in=set(planned.values())))
    return [plan for plan in plans if plan.planned.id in planned]


def plans_that_saw(area: str, until: datetime, as_of: datetime | None = None) -> list[Plan]:
    """The plans of areas above that have inspected units of this area, with these units alone: who is still to be inspected is told to
    nobody there."""
    below = set(Area.objects.below(area, as_of).values_list("code", flat=True))
    seen = standing(Inspected, as_of=as_of).filter(at__lt=until, area__in=below).values("topic")
    plans = _folded(area, standing(*KINDS, as_of=as_of).filter(at__lt=until, topic__in=seen))
    cut = (replace(each, units=tuple(one for one in each.units if one.check and one.check.area in below)) for each in plans)
    return [each for each in cut if each.area not in below and each.units]


def plan_called(code: str) -> Plan | None:
    """The plan of that number; None where nobody planned it."""
    return next(iter(_folded("", standing(*KINDS).filter(topic=code))), None)


def _folded(area: str, events: QuerySet[Event]) -> list[Plan]:
    zone = policy(area).timezone
    plans = (plan_of(steps, zone) for steps in grouped(list(events.defer("personal", "digest")), "topic").values())
    return [plan for plan in plans if plan]
