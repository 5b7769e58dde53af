"""The manifest of vaccination: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.vaccination import kinds, section

MEASURE = register(
    Measure(
        name="vaccination",
        label=Text("Vaccination", "疫苗接种"),
        kinds=(kinds.Given,),
        sections=(section.SECTION,),
        campaigns=(),
        order=60,
    )
)
