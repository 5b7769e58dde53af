"""The manifest of goods: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.goods import batch, kinds, listing, projections, section, watch  # noqa: F401 projections and watches declare themselves
from closeknit.registry.reading.names import area_of_place

VIEW, FEATURE = "coldchain.view", "coldchain"


MEASURE = register(
    Measure(
        name="goods",
        label=Text("Goods at cold stores", "冷库货物"),
        kinds=(kinds.BatchArrived, kinds.CertificateShown, kinds.BatchDecided),
        sections=(section.SECTION,),
        screens=(
            Screen(
                "goods.batches", "goods/<str:area>/", listing.batches, Text("Goods", "货物批次"), VIEW,
                menu=Menu("places", 59, "package"), scoped_by="area", feature=FEATURE,
            ),
            Screen(
                "goods.batch", "goods-batch/<str:batch>/<path:code>/", batch.batch, Text("Batch", "批次"), VIEW,
                area_of=area_of_place, feature=FEATURE,
            ),
        ),
        order=58,
    )
)  # fmt: skip
