"""What somebody may look at a person's numbers for; the word stands in the trail."""

from closeknit.kit.text import Text

PURPOSES = (
    ("visit", Text("To visit or call", "走访或电话联系")),
    ("check", Text("To compare with the card", "对照证件核实")),
    ("care", Text("To help in need", "困难帮扶")),
    ("other", Text("Something else (say what)", "其他（请说明）")),
)
