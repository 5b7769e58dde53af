"""The manifest of rounds: read this first. What can be said of testing stands in `testing`."""

from closeknit.console.manifest import HomePart, Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.rounds import coverage, persons, singly

VIEW = "testing.view"

MEASURE = register(
    Measure(
        name="rounds",
        label=Text("Rounds of testing", "核酸检测"),
        home=(HomePart("rounds/home.html", coverage.on_home, 31, VIEW),),
        screens=(
            Screen(
                "rounds.coverage", "testing/<str:area>/", coverage.coverage, Text("Rounds of testing", "核酸检测"), VIEW,
                menu=Menu("testing", 12, "test-pipe"), scoped_by="area", feature="testing",
            ),
            Screen(
                "rounds.persons", "testing/<str:area>/persons/", persons.persons, Text("Not sampled", "应检未检"), VIEW,
                menu=Menu("today", 22, "list-check"), scoped_by="area", feature="testing",
            ),
            Screen(
                "rounds.marks", "testing/<str:area>/marks/", coverage.marks, Text("Testing by mark or class", "检测（按标签、班级）"), VIEW,
                scoped_by="area", feature="testing",
            ),
            Screen(
                "rounds.singly", "testing/<str:area>/singly/", singly.singly, Text("To be sampled singly", "需单采复核"), VIEW,
                scoped_by="area", feature="testing",
            ),
        ),
        order=11,
    )
)  # fmt: skip
