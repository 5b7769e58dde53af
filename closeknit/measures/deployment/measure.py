"""The manifest of deployment: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.deployment import kinds, orders, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="deployment",
        label=Text("Deployment", "力量调派"),
        kinds=(kinds.Ordered, kinds.Confirmed),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "deployment.orders", "deployment/<str:area>/", orders.orders, Text("Deployment orders", "调派令"), "workforce.view",
                menu=Menu("workforce", 72, "arrow-right", label=Text("Deployment", "力量调派")), scoped_by="area",
            ),
            Screen(
                "deployment.confirm", "deployment/order/<str:code>/come/", orders.confirm, Text("Who has come", "到位确认"),
                "workforce.record", area_of=orders.area_of_order,
            ),
        ),
        order=72,
    )
)  # fmt: skip
