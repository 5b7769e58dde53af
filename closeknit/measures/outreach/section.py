"""Its part of the daily report."""

from closeknit.kit.text import Text
from closeknit.measures.outreach.kinds import Broadcast, Medium, Messaged, Posted, Speaker
from closeknit.reports.counting import total
from closeknit.reports.figures import Figure, Section, section

SECTION = section(
    Section(
        "outreach",
        Text("Telling the public", "宣传发动"),
        (
            *(Figure(f"outreach.{medium.value}", medium.label, total(Posted, "quantity", medium=medium.value)) for medium in Medium),
            *(
                Figure(f"outreach.{device.value}", device.label, total(Broadcast, "quantity", device_kind=device.value))
                for device in Speaker
            ),
            Figure("outreach.recipients", Text("Recipients of messages", "信息接收人次"), total(Messaged, "recipients")),
        ),
        order=80,
    )
)
