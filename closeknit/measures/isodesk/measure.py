"""The manifest of the isolation desk: read this first. What can be said stands in `isolation`, one person's page in `staying`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.isodesk import desk, readings, rooms, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="isodesk",
        label=Text("Isolation desk", "隔离管理台"),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "isolation.desk", "isolation/<str:area>/", desk.desk, Text("Isolation desk", "隔离管理"), "isolation.view",
                menu=Menu("people", 57, "bed"), scoped_by="area", feature="isolation", phone=1,
            ),
            Screen(
                "isolation.rooms", "isolation/<str:area>/rooms/", rooms.board, Text("Rooms", "隔离房间"), "isolation.view",
                scoped_by="area", feature="isolation",
            ),
            Screen(
                "isolation.readings", "isolation/<str:area>/readings/", readings.sheet, Text("Readings", "健康监测"), "isolation.record",
                scoped_by="area", feature="isolation",
            ),
        ),
        order=57,
    )
)  # fmt: skip
