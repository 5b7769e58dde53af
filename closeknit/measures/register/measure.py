"""The manifest of the register: read this first. Entries, finds and imports have folders of their own."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.register import area, lists, readings, searches
from closeknit.registry.reading.names import area_of_person

VIEW = "registry.view"
HERE = "area/<str:area>/"

MEASURE = register(
    Measure(
        name="register",
        label=Text("Register", "底册"),
        searches=searches.ALL,
        order=5,
        screens=(
            Screen(
                "register.area", HERE, area.area, Text("Base numbers", "一口清"), VIEW, Menu("register", 10, "building-community"), "area"
            ),
            Screen(
                "register.households",
                f"{HERE}households/",
                lists.households,
                Text("Households", "户"),
                VIEW,
                scoped_by="area",
            ),
            Screen("register.persons", f"{HERE}persons/", lists.persons, Text("Persons", "人员"), VIEW, scoped_by="area"),
            Screen("register.places", f"{HERE}places/", lists.places, Text("Places", "场所"), VIEW, scoped_by="area"),
            Screen(
                "register.trail",
                "person/<path:code>/readings/",
                readings.trail_of,
                Text("Who has read this record", "查阅记录"),
                "registry.manage",
                area_of=area_of_person,
            ),
        ),
    )
)
