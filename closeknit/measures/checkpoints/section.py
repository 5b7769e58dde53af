"""Its part of the daily report."""

from django.db.models import Q

from closeknit.kit.text import Text
from closeknit.ledger.fields import Decision
from closeknit.measures.checkpoints.kinds import PersonChecked, Vehicle, VehicleChecked
from closeknit.reports.counting import count
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "checkpoints",
        Text("Checkpoints", "卡点查验"),
        (
            Figure(
                "checkpoints.vehicles",
                Text("Vehicles", "车辆"),
                count(VehicleChecked, ~Q(data__vehicle=Vehicle.VESSEL.value)),
                whereabouts=True,
            ),
            Figure("checkpoints.vessels", Text("Vessels", "船只"), count(VehicleChecked, vehicle=Vehicle.VESSEL.value), whereabouts=True),
            Figure("checkpoints.persons", Text("Persons", "人员"), count(PersonChecked), whereabouts=True),
            Figure(
                "checkpoints.turned_away",
                Text("Turned away", "劝返人员"),
                count(PersonChecked, decision=Decision.TURNED_AWAY.value),
                whereabouts=True,
            ),
            Figure(
                "checkpoints.referred",
                Text("Referred", "转交人员"),
                count(PersonChecked, decision=Decision.REFERRED.value),
                whereabouts=True,
            ),
        ),
        order=40,
    )
)
