"""The manifest of stock: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.stock import listing, place, section, watch  # noqa: F401 watches declare themselves
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="stock",
        label=Text("Stock", "物资库存"),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "stock.places", "stock/<str:area>/", listing.stock, Text("Stock", "物资库存"), "supplies.view",
                menu=Menu("supplies", 79, "database"), scoped_by="area", phone=1,
            ),
            Screen("stock.refill", "stock/<str:area>/refill/", listing.refill, Text("Refill round", "补货清单"), "supplies.view",
                   scoped_by="area"),
            Screen("stock.place", "stock/place/<path:code>/", place.place, Text("Stock of a place", "场所库存"), "supplies.view",
                   area_of=area_of_place),
        ),
        order=78,
    )
)  # fmt: skip
