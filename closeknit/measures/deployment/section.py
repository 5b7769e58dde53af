"""Its part of the daily report: people ordered somewhere and those who came."""

from closeknit.kit.text import Text
from closeknit.measures.deployment.kinds import Confirmed, Ordered
from closeknit.reports.counting import count, total
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "orders_of_people",
        Text("Deployment", "力量调派"),
        (
            Figure("deployment.orders", Text("Deployment orders", "调派令"), count(Ordered)),
            Figure("deployment.arrived", Text("People who came by order", "调派到位人数"), total(Confirmed, "arrived")),
        ),
        order=72,
    )
)
