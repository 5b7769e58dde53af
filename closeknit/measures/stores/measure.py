"""The manifest of cold stores: read this first. What is said of them stands in `coldchain`; whom somebody names, in the register."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.stores import chiefs, listing, notice, section, store, watch  # noqa: F401 watches declare themselves
from closeknit.registry.reading.names import area_of_place

VIEW, FEATURE = "coldchain.view", "coldchain"

MEASURE = register(
    Measure(
        name="stores",
        label=Text("Cold stores", "冷库"),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "stores.list", "cold-stores/<str:area>/", listing.listed, Text("Cold stores", "冷库"), VIEW,
                menu=Menu("places", 58, "snowflake"), scoped_by="area", feature=FEATURE,
            ),
            Screen(
                "stores.chiefs", "cold-store-chiefs/<path:code>/", chiefs.chiefs, Text("Name chiefs", "指定库长"), "coldchain.manage",
                area_of=area_of_place, feature=FEATURE,
            ),
            Screen(
                "stores.undo", "cold-store-chiefs-undo/<uuid:event>/<path:code>/", chiefs.undo, Text("Undo", "撤销"), "coldchain.manage",
                area_of=lambda event, code: area_of_place(code), feature=FEATURE,
            ),
            Screen(
                "stores.notice", "cold-store-notice/<path:code>/", notice.notice, Text("Public notice", "公示牌"), VIEW,
                area_of=area_of_place, feature=FEATURE,
            ),
            Screen(
                "stores.store", "cold-store/<path:code>/", store.store, Text("Cold store", "冷库"), VIEW,
                area_of=area_of_place, feature=FEATURE,
            ),
        ),
        order=58,
    )
)  # fmt: skip
