"""The manifest of reconciling: read this first. What is known of a tube comes from `tubes`."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.reconciling import matters, watch  # noqa: F401 watches declare themselves

MEASURE = register(
    Measure(
        name="reconciling",
        label=Text("Tubes that do not reconcile", "采样管账实不符"),
        screens=(
            Screen(
                "reconciling.list", "tubes/<str:area>/matters/", matters.reconcile, Text("Tubes that do not reconcile", "采样管账实不符"),
                "laboratory.view", menu=Menu("check", 14, "alert-triangle"), scoped_by="area", feature="testing",
            ),
            Screen(
                "reconciling.clear", "tubes/<str:area>/clear/", matters.clear, Text("Clear a matter", "核销"), matters.CLEAR,
                scoped_by="area", feature="testing",
            ),
        ),
        order=57,
    )
)  # fmt: skip
