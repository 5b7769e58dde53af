"""The manifest of enrolling: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.enrolling import cards, phones

MANAGE = "devices.manage"

MEASURE = register(
    Measure(
        name="enrolling",
        label=phones.ENROL,
        order=94,
        screens=(
            Screen("enrolling.workers", "phones/enrol/", phones.workers, phones.ENROL, MANAGE),
            Screen("enrolling.worker", "phones/enrol/of/<str:code>/", phones.worker, phones.ENROL, MANAGE, area_of=phones.area_of_worker),
            Screen("enrolling.shift", "phones/enrol/shift/", phones.shift, phones.SHIFT, MANAGE),
            Screen(
                "enrolling.invited",
                "phones/enrol/code/<uuid:number>/",
                phones.invited,
                Text("Code for a phone", "登记码"),
                MANAGE,
                area_of=phones.area_of_invitation,
            ),
            Screen("enrolling.cards", "phones/cards/", cards.cards, cards.CARDS, MANAGE),
            Screen("enrolling.card", "phones/cards/<uuid:number>/", cards.card, Text("Card", "工作卡"), MANAGE, area_of=cards.area_of),
            Screen(
                "enrolling.withdraw",
                "phones/cards/<uuid:number>/withdraw/",
                cards.withdraw,
                Text("Withdraw a card", "作废工作卡"),
                MANAGE,
                area_of=cards.area_of,
            ),
        ),
    )
)
