"""The manifest of the register of checkpoints and their equipment: read this first. What passes is counted in `checkpoints`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.equipment import kinds, screens, section
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="equipment",
        label=Text("Checkpoints and their equipment", "卡点与物资"),
        kinds=(kinds.PostSet,),
        sections=(section.SECTION,),
        screens=(
            Screen("equipment.posts", "checkpoint-register/<str:area>/", screens.register, screens.REGISTER, "checkpoints.view",
                   menu=Menu("places", 31, "clipboard-list"), scoped_by="area"),
            Screen("equipment.new", "checkpoint-register/<str:area>/new/", screens.new, screens.NEW, "checkpoints.manage",
                   scoped_by="area"),
            Screen("equipment.post", "checkpoint-equipment/<path:code>/", screens.post, Text("Equipment", "卡点物资"), "checkpoints.view",
                   area_of=area_of_place),
        ),
        order=31,
    )
)  # fmt: skip
