"""The manifest of legality: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.legality import demonstration, kinds, screens, section, watch  # noqa: F401 these declare themselves
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="legality",
        label=Text("Legality", "合法性抽查"),
        kinds=(kinds.Drawn, kinds.Reviewed),
        sections=(section.SECTION,),
        screens=(
            Screen("legality.draws", "legality/<str:area>/", screens.listed, Text("Legality of acts", "合法性抽查"), "legality.view",
                   menu=Menu("check", 23, "shield-check"), scoped_by="area"),
            Screen("legality.new", "legality/<str:area>/draw/", screens.new, Text("Draw acts", "抽取处置"), "legality.manage",
                   scoped_by="area"),
            Screen("legality.draw", "legality-draw/<uuid:event>/", screens.draw, Text("Acts drawn", "抽取批次"), "legality.view",
                   area_of=screens.area_of_draw),
            Screen("legality.review", "act-review/<str:act>/<path:code>/", screens.review, Text("Review", "合法性审查"), "legality.record",
                   area_of=area_of_place),
        ),
        order=55,
    )
)  # fmt: skip
