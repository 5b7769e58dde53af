"""The manifest of acts: read this first. What can be said of them, and how they stand, is in `inspections`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.acts import act, guards, listing, notice, saying, section, watch  # noqa: F401 guards and watches declare themselves
from closeknit.registry.reading.names import area_of_place

MEASURE = register(
    Measure(
        name="acts",
        label=Text("Acts", "执法处置"),
        sections=(section.SECTION,),
        screens=(
            Screen("acts.list", "acts/<str:area>/", listing.acts, Text("Acts", "执法处置"), "inspections.view",
                   menu=Menu("check", 21, "scale"), scoped_by="area"),
            Screen("acts.say", "act-say/<str:what>/<str:act>/<path:code>/", saying.say, Text("Record", "登记"), "inspections.record",
                   area_of=area_of_place),
            Screen("acts.notice", "act-notice/<str:act>/<path:code>/", notice.notice, Text("Notice", "文书"), "inspections.view",
                   area_of=area_of_place),
            Screen("acts.act", "act/<str:act>/<path:code>/", act.act, Text("Act", "处置"), "inspections.view", area_of=area_of_place),
        ),
        order=53,
    )
)  # fmt: skip
