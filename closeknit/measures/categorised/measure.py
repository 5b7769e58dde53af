"""The manifest of categorised: read this first. It says nothing of its own: the lists follow from what others record."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.categorised import screens

MEASURE = register(
    Measure(
        name="categorised",
        label=Text("Lists by category", "分类台账"),
        screens=(
            Screen(
                "register.categorised", "area/<str:area>/categories/", screens.categorised, Text("Lists by category", "分类台账"),
                "registry.view", menu=Menu("register", 15, "tags"), scoped_by="area",
            ),
        ),
        order=6,
    )
)  # fmt: skip
