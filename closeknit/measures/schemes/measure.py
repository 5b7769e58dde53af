"""The manifest of schemes: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.schemes import kinds, listing, page, section

ONE, MANAGE = "schemes/<str:area>/one/<str:name>/", "headquarters.manage"

MEASURE = register(
    Measure(
        name="schemes",
        label=listing.HEADING,
        kinds=(kinds.Written, kinds.Taken, kinds.ItemSaid),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "schemes.list", "schemes/<str:area>/", listing.listed, listing.HEADING, "headquarters.view",
                menu=Menu("command", 20, "list-check", label=Text("Templates", "工作模式")), scoped_by="area",
            ),
            Screen("schemes.new", "schemes/<str:area>/new/", page.edit, page.NEW, MANAGE, scoped_by="area"),
            Screen("schemes.one", ONE, page.page, Text("A template", "模板详情"), "headquarters.view", scoped_by="area"),
            Screen("schemes.edit", f"{ONE}edit/", page.edit, page.EDIT, MANAGE, scoped_by="area"),
            Screen("schemes.take", f"{ONE}take/", page.take, page.TAKE, "headquarters.record", scoped_by="area"),
            Screen("schemes.say", f"{ONE}say/", page.say, Text("Status of an item", "事项进展"), "headquarters.record", scoped_by="area"),
        ),
        order=21,
    )
)  # fmt: skip
