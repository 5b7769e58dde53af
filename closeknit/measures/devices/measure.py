"""The manifest of phones: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.devices import device, letters, listing
from closeknit.measures.devices.words import PHONES

VIEW, MANAGE = "devices.view", "devices.manage"

MEASURE = register(
    Measure(
        name="devices",
        label=PHONES,
        order=94,
        screens=(
            Screen("devices.list", "phones/", listing.devices, PHONES, VIEW, menu=Menu("system", 5, "device-mobile")),
            Screen("devices.device", "phones/of/<str:code>/", device.device, Text("A phone", "手机"), VIEW, area_of=device.area_of),
            Screen(
                "devices.revoke", "phones/of/<str:code>/revoke/", device.revoke, Text("Revoke a phone", "停用手机"), MANAGE,
                area_of=device.area_of,
            ),
            Screen("devices.letters", "phones/letters/", letters.letters, letters.LETTERS, VIEW),
            Screen(
                "devices.letters_of", "phones/letters/<str:code>/", letters.letters_of, letters.LETTERS, VIEW, area_of=device.area_of
            ),
            Screen("devices.outbox", "phones/outbox/", letters.outbox, Text("Import an outbox", "导入手机文件"), MANAGE),
        ),
    )
)  # fmt: skip
