"""What can be said of the plan by which surfaces and goods are swabbed."""

from typing import Annotated

from closeknit.campaigns.cadences.places import Kinds
from closeknit.kit.text import Text
from closeknit.ledger.fields import Count, Field, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.testing.kinds import EnvironmentSampled, Resulted


@kind(
    "routine.place_set",
    Text("Place of the sampling plan", "环境采样计划"),
    retention="open",
    needs=("place",),
    feature="testing",
    by_phone=False,
    examples=({"cadence_days": 7, "objects": "冰柜内壁、案板"}, {"cadence_days": 0}),
)
class PlaceSet(Said):
    """A place's surfaces and goods are swabbed every so many days, other than its category says; 0: not at all."""

    cadence_days: Annotated[Count, Field(Text("Every so many days (0: not at all)", "采样间隔天数（0 为不采）"))]
    objects: Annotated[Words, Field(Text("What is swabbed", "采样部位、物品"))] = ""


PLAN = Kinds(plan=PlaceSet, swab=EnvironmentSampled, result=Resulted)
