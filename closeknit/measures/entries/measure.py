"""The manifest of entries: read this first. Its screens belong to the register, and are named so."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.entries import amend, event, household, person
from closeknit.registry.reading.names import area_of_event, area_of_household, area_of_person

VIEW, RECORD = "registry.view", "registry.record"
HOME, WHO = "household/<path:code>/", "person/<path:code>/"

MEASURE = register(
    Measure(
        name="entries",
        label=Text("Entries of the register", "底册条目"),
        order=7,
        screens=(
            Screen(
                "register.amend_household",
                f"{HOME}amend/",
                amend.household,
                Text("Put a household right", "更正户信息"),
                RECORD,
                area_of=area_of_household,
            ),
            Screen("register.household", HOME, household.household, Text("Household", "户"), VIEW, area_of=area_of_household),
            Screen(
                "register.reveal", f"{WHO}reveal/", person.reveal, Text("Show the numbers", "查看完整号码"), VIEW, area_of=area_of_person
            ),
            Screen(
                "register.amend_person",
                f"{WHO}amend/",
                amend.person,
                Text("Put a person right", "更正人员信息"),
                RECORD,
                area_of=area_of_person,
            ),
            Screen("register.person", WHO, person.person, Text("Person", "人员"), VIEW, area_of=area_of_person),
            # Which kinds a role may read is asked in the screen: <the kind's measure>.view.
            Screen("register.event", "event/<uuid:event>/", event.event, Text("Record", "登记记录"), "", area_of=area_of_event),
        ),
    )
)
