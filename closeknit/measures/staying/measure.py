"""The manifest of one person's stay: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.staying import beginning, guards, ordering, person, saying  # noqa: F401 guards declare themselves

PERSON = "isolating/<path:code>/"

MEASURE = register(
    Measure(
        name="staying",
        label=Text("Stays", "隔离人员"),
        screens=(
            # Who may see whom depends on where the person lives, is and goes: asked in sight.py.
            Screen("isolation.order", f"isolation-order/{PERSON}", ordering.order, Text("Order", "隔离通知"), "isolation.record",
                   feature="isolation"),
            Screen("isolation.notice", f"isolation-notice/{PERSON}", ordering.notices, Text("Notice", "告知单"), "isolation.view",
                   feature="isolation"),
            Screen("isolation.say", f"isolation-say/<str:what>/{PERSON}", saying.say, Text("Record", "登记"), "isolation.record",
                   feature="isolation"),
            Screen("isolation.press", f"isolation-step/{PERSON}", saying.press, Text("Next stage", "下一环节"), "isolation.record",
                   feature="isolation"),
            Screen("isolation.begin", "isolation/<str:area>/begin/", beginning.begin, Text("Order somebody to isolate", "下达隔离通知"),
                   "registry.view", scoped_by="area", feature="isolation"),
            Screen("isolation.arrive", "isolation/<str:area>/arrive/", person.arrive, Text("Somebody arrives", "人员到达"),
                   "isolation.record", scoped_by="area", feature="isolation"),
            Screen("isolation.person", PERSON, person.person, Text("Stay", "隔离情况"), "isolation.view", feature="isolation"),
        ),
        order=57,
    )
)  # fmt: skip
