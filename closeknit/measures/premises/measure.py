"""The manifest of premises: read this first. What can be said stands in `inspections`, one act's page in `acts`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.premises import listing, place, runs, section, watch  # noqa: F401 watches declare themselves
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="premises",
        label=Text("Premises", "场所检查档案"),
        sections=(section.SECTION,),
        screens=(
            Screen("inspections.places", "inspections/<str:area>/", listing.places, Text("Inspections", "监督检查"), "inspections.view",
                   menu=Menu("check", 20, "clipboard-check"), scoped_by="area"),
            Screen("inspections.runs", "inspections/<str:area>/runs/", runs.page, Text("Runs", "检查批次"), "inspections.view",
                   scoped_by="area"),
            Screen("inspections.place", "inspected/<path:code>/", place.place, Text("History of a place", "场所检查档案"),
                   "inspections.view", area_of=area_of_place),
            Screen("inspections.inspect", "inspect/<path:code>/", place.inspect, Text("Inspect", "登记检查"), "inspections.record",
                   area_of=area_of_place),
        ),
        order=52,
    )
)  # fmt: skip
