"""The manifest of what a resident sees of themselves: read this first. Its screens stand among the residents', and are named so."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.ownresult import mine, objecting

LABEL = Text("About me", "我的查询")

MEASURE = register(
    Measure(
        name="ownresult",
        label=LABEL,
        screens=(
            Screen("residents.mine", "r/mine/", mine.mine, LABEL, "", public=True),
            Screen("residents.objection", "r/objection/", objecting.objection, Text("Object", "提出异议"), "", public=True),
        ),
        order=79,
    )
)
