"""The manifest of bringing lists in: read this first. Its screens belong to the lists, and are named so."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.listintake import aside, bringing

MANAGE = "lists.manage"

MEASURE = register(
    Measure(
        name="listintake",
        label=Text("Lists brought in", "名单导入"),
        screens=(
            Screen("lists.bring", "list-files/", bringing.bring, Text("Bring a list in", "导入名单"), MANAGE,
                   menu=Menu("doors", 17, "upload")),
            Screen("lists.parked", "list-files/aside/", aside.parked, Text("Rows set aside", "名单搁置行"), MANAGE),
            Screen("lists.draft", "list-files/<uuid:draft>/", bringing.one, Text("A list", "名单文件"), MANAGE),
            Screen("lists.take", "list-files/<uuid:draft>/take/", bringing.take_on, Text("Take it", "导入"), MANAGE),
            Screen("lists.drop", "list-files/<uuid:draft>/drop/", bringing.drop, Text("Do not take it", "不导入"), MANAGE),
        ),
        order=25,
    )
)  # fmt: skip
