"""The manifest of laboratory: read this first. It sees tubes, never persons."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.laboratory import receiving, results, upload, work

RECORD = "laboratory.record"

MEASURE = register(
    Measure(
        name="laboratory",
        label=Text("Laboratory", "检测机构"),
        screens=(
            Screen(
                "laboratory.work", "laboratory/<str:area>/", work.work, Text("Laboratory", "检测机构"), RECORD,
                menu=Menu("testing", 16, "clipboard-check"), scoped_by="area", feature="testing", phone=1,
            ),
            Screen(
                "laboratory.receive", "laboratory/<str:area>/receive/", receiving.receiving, Text("Receive tubes", "接收样本"), RECORD,
                scoped_by="area", feature="testing",
            ),
            Screen(
                "laboratory.results", "laboratory/<str:area>/results/", results.results, Text("Give results", "录入结果"), RECORD,
                scoped_by="area", feature="testing",
            ),
            Screen(
                "laboratory.rest", "laboratory/<str:area>/rest/", results.rest, Text("All others negative", "其余全阴"), RECORD,
                scoped_by="area", feature="testing",
            ),
            Screen(
                "laboratory.upload", "laboratory/<str:area>/upload/", upload.upload, Text("Results from a file", "导入结果"), RECORD,
                scoped_by="area", feature="testing",
            ),
            Screen(
                "laboratory.let_go", "laboratory/<str:area>/let-go/", upload.let_go, Text("Rows may go", "清除搁置行"), RECORD,
                scoped_by="area", feature="testing",
            ),
        ),
        order=58,
    )
)  # fmt: skip
