"""The manifest of vaccination: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.vaccination import kinds, screens, section, tasks
from closeknit.sync.assignment.tasks import register as give_phones

MEASURE = register(
    Measure(
        name="vaccination",
        label=Text("Vaccination", "疫苗接种"),
        kinds=(kinds.Given,),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "vaccination.answers", "vaccination/<str:area>/", screens.answers, Text("Vaccination", "疫苗接种"), "vaccination.view",
                menu=Menu("people", 60, "vaccine"), scoped_by="area",
            ),
        ),
        order=60,
    )
)  # fmt: skip
give_phones("round", tasks.doses, kinds.Given)
