"""The manifest of cards: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.cards import demonstration, listing, posters, printing, use, watch  # noqa: F401 these declare themselves

VIEW, RECORD = "residents.view", "residents.record"
CARD, POSTER, PRINT = Text("Resident's card", "便民卡"), Text("Poster", "便民海报"), Text("Cards to print", "便民卡打印")

MEASURE = register(
    Measure(
        name="cards",
        label=listing.CARDS,
        screens=(
            Screen("cards.card", "cards/of/<uuid:number>/", listing.card, CARD, VIEW, area_of=listing.area_of),
            Screen("cards.poster", "cards/poster/<uuid:number>/", posters.poster, POSTER, VIEW, area_of=listing.area_of),
            Screen(
                "cards.list", "cards/<str:area>/", listing.cards, listing.CARDS, VIEW, menu=Menu("people", 80, "id-badge-2"),
                scoped_by="area",
            ),
            Screen("cards.issue", "cards/<str:area>/issue/", printing.issue, listing.ISSUE, RECORD, scoped_by="area"),
            Screen("cards.print", "cards/<str:area>/print/", printing.sheets, PRINT, RECORD, scoped_by="area"),
            Screen("cards.posters", "cards/<str:area>/posters/", posters.posters, listing.POSTERS, VIEW, scoped_by="area"),
            Screen("cards.use", "cards/<str:area>/use/", use.use, listing.USE, VIEW, scoped_by="area"),
        ),
        order=80,
    )
)  # fmt: skip
