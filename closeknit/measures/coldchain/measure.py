"""The manifest of coldchain: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.kit.text import Text
from closeknit.measures.coldchain import kinds, section

MEASURE = register(
    Measure(
        name="coldchain",
        label=Text("Cold chain", "冷链管理"),
        kinds=(kinds.StoreChecked, kinds.ColdVehicleChecked, kinds.DutySet),
        sections=(section.SECTION,),
        campaigns=(),
        order=58,
    )
)
