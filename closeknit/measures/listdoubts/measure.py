"""The manifest of what waits for a person in lists: read this first. Its screens belong to the lists, and are named so."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.listdoubts import colours, pairs, places
from closeknit.measures.lists.kinds import area_of_item

MANAGE = "lists.manage"

MEASURE = register(
    Measure(
        name="listdoubts",
        label=Text("Lists: to decide", "名单待判"),
        screens=(
            Screen(
                "lists.pairs", "lists/<str:area>/pairs/", pairs.pairs, Text("The same person?", "疑似人员比对"), MANAGE,
                menu=Menu("doors", 16, "zoom-check"), scoped_by="area",
            ),
            Screen("lists.places", "lists/<str:area>/places/", places.places, Text("Items without a village", "待分派条目"), MANAGE,
                   scoped_by="area"),
            Screen("lists.colours", "lists/<str:area>/colours/", colours.colours, Text("Colours in doubt", "颜色待判"), MANAGE,
                   scoped_by="area"),
            Screen("lists.decide", "list-item/<str:item>/decide/", pairs.decide, Text("Who it is, where it belongs", "比对、分派、退回"),
                   MANAGE, area_of=area_of_item),
        ),
        order=24,
    )
)  # fmt: skip
