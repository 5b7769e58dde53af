"""The manifest of residents: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.residents import helping, kinds, pages, section, sending
from closeknit.registry.reading.names import area_of_household

MEASURE = register(
    Measure(
        name="residents",
        label=Text("Residents", "便民服务"),
        kinds=(kinds.CardIssued, kinds.CardRevoked, kinds.TriesRenewed),
        sections=(section.SECTION,),
        screens=(
            Screen("residents.declare", "r/return/", sending.declare, Text("Declare a return", "返乡报备"), "", public=True),
            Screen("residents.help", "r/help/", sending.ask, Text("Ask for help", "我要求助"), "", public=True),
            Screen("residents.order", "r/order/", sending.order, Text("Order a pack", "订购物资"), "", public=True),
            Screen("residents.paper", "r/paper/", pages.paper, Text("Form on paper", "纸质表"), "", public=True),
            Screen("residents.leave", "r/leave/", pages.leave, Text("Done", "结束"), "", public=True),
            Screen("residents.home", "r/", pages.home, Text("For residents", "便民服务"), "", public=True),
            Screen("residents.enter", "r/<str:code>/", pages.enter, Text("For residents", "便民服务"), "", public=True),
            Screen(
                "residents.for_household", "residents/for/<path:code>/", helping.begin, Text("Do it for them", "代办"), "registry.record",
                area_of=area_of_household,
            ),
        ),
        order=80,
    )
)  # fmt: skip
