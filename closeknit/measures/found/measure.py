"""The manifest of those whom no list knows: read this first. Its screens belong to the register, and are named so."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.found import adding, lists, matching
from closeknit.registry.reading.names import area_of_event, area_of_found

VIEW, RECORD = "registry.view", "registry.record"

MEASURE = register(
    Measure(
        name="found",
        label=Text("In no list", "名册外人户"),
        order=8,
        screens=(
            Screen("register.found", "found/", lists.found, Text("In no list", "名册外人户"), VIEW, Menu("register", 50, "user-plus")),
            Screen("register.add", "found/add/", adding.add, Text("Somebody no list knows", "登记名册外人户"), RECORD),
            Screen("register.undo", "found/undo/<uuid:event>/", adding.undo, Text("Undo", "撤销"), RECORD, area_of=area_of_event),
            Screen(
                "register.take_back",
                "found/merge/<uuid:event>/",
                matching.take_back,
                Text("Take a merge back", "取消合并"),
                RECORD,
                area_of=area_of_event,
            ),
            Screen(
                "register.found_one", "found/<path:code>/", matching.one, Text("Who is this?", "与名册比对"), RECORD, area_of=area_of_found
            ),
        ),
    )
)
