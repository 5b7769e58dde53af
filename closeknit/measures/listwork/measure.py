"""The manifest of the work on lists: read this first. Its screens belong to the lists, and are named so."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.lists.kinds import area_of_item
from closeknit.measures.listwork import day, item, listing, presses, remind, section, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="listwork",
        label=Text("Work on lists", "名单核查"),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "lists.items", "lists/<str:area>/", listing.items, Text("Pushed lists", "推送名单"), "lists.view",
                menu=Menu("doors", 15, "clipboard-list"), scoped_by="area",
            ),
            Screen("lists.verify", "lists/<str:area>/verify/", presses.verify, Text("Verify", "登记核查"), "lists.record",
                   scoped_by="area"),
            Screen("lists.item", "list-item/<str:item>/", item.item, Text("An item", "名单条目"), "lists.view", area_of=area_of_item),
            Screen(
                "lists.day", "lists/<str:area>/day/", day.day, Text("Lists at the day's end", "名单日清"), "lists.view",
                menu=Menu("check", 15, "calendar"), scoped_by="area",
            ),
            Screen("lists.remind", "lists/<str:area>/remind/", remind.remind, Text("Remind", "催办"), "lists.manage", scoped_by="area"),
        ),
        order=23,
    )
)  # fmt: skip
